"""The proof of the payment gateway: refunds against one that misbehaves, while everything is killed (issue of 2026-11).

Slips are opened as their complaints would open them, by a stand-in that only listens; approvals, ledger, worker, API,
register and the gateway's own process are the real ones. The gateway's book is the truth that the desk is held to.
"""
