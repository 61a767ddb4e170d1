"""The programme lead's pages: what the kept results say, in the words of the report.

Every figure is of `priorities.document`; nothing is counted here, and nothing waits for a ranking.
"""
