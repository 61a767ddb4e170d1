"""The researcher's desk: what the pages on coding show, and what is done at their asking.

Whatever may take longer than two seconds, or asks something of Label Studio, is noted in the vault
and done by the reader of the site, one after another; a page shows what is known.
"""
