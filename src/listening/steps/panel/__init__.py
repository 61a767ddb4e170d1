"""The resident panel: asked by a secret link, answered without an account, set beside the order.

What a member writes lies in the vault until names have been taken out of it; only then does the
store hold it. It never enters a rank.
"""
