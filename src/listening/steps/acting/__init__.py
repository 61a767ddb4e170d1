"""Acting on priorities: the record of what is done, and the views of it that people use.

A record is kept in the programme's store. Every view is made of records alone: nothing is kept
twice, and none can say something else than another.
"""
