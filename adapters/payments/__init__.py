"""Payment gateways: what is said to one, a generic one over signed HTTP, and a twin that misbehaves on a script."""
