"""The pages: parse what was asked, call a step, render."""
