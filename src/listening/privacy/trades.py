"""Words of work: what people do for an employer, and what an employer does; data, no rules."""

from __future__ import annotations

#: What firms do, at the end of their names ("Hendersons Bakery").
_TRADES_WORDS = """
ltd limited plc llp sons haulage logistics textiles engineering coaches plastics motors steel foods
homecare recruitment scaffolding roofing bakery bakers builders contractors construction industries
holdings solutions facilities cleaning cabs brewery solicitors accountants architects surveyors
associates lettings properties farm farms laundry factory cafe garage cleaners transport butchers
printers plastics taxis security plumbing removals catering nurseries mills castings seafoods salads
foundry packaging stores depot dairy dairies forge pottery potteries upholstery joinery carpets
furniture chemicals poultry meats fisheries timber windows glass electrical electronics couriers
minicabs salon barbers upholsterers florists hotel hotels printing press fabrications
"""
TRADES = frozenset(_TRADES_WORDS.split())
