"""Looking into a complaint before judging it: records, checks, explanations, what was promised outside (spine 3)."""
