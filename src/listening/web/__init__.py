"""The web: pages for officers, and who may open which.

Parse what was asked, call a step, render. The only models that pages meet are those of Django's own
signing in; everything else comes from `listening.steps` as plain values.
"""
