"""Words of work: what people do for an employer, and what an employer does; data, no rules."""

from __future__ import annotations

#: What makes a firm of any name before it: "Hendersons Bakery".
_FIRMS_WORDS = """
ltd limited plc llp sons haulage logistics textiles engineering coaches plastics motors steel
foods
homecare recruitment scaffolding roofing bakery bakers builders contractors construction
industries
holdings solutions facilities cleaning cabs brewery solicitors accountants architects surveyors
associates lettings properties
"""
FIRMS = frozenset(_FIRMS_WORDS.split())
#: What firms do besides, which may also be said of a public place.
_TRADES_WORDS = """
farm farms laundry factory cafe garage cleaners transport butchers printers taxis security
plumbing
removals catering nurseries mills castings seafoods salads foundry packaging stores depot dairy
dairies forge pottery potteries upholstery joinery carpets furniture chemicals poultry meats
fisheries timber windows glass electrical electronics couriers minicabs salon barbers upholsterers
florists hotel hotels printing press fabrications
"""
TRADES = FIRMS | frozenset(_TRADES_WORDS.split())

#: Before "at", "for" or "with" and an employer's name: what people say of their work.
JOB = (
    r"work(?:s|ed|ing)?|employed|job|shifts?|nights|days|hours|years?|career|contract|agency"
    r"|apprentic(?:e(?:ship)?|ed)|redundant|sacked|hired|started|retired|trained|grafted|slaved"
    r"|(?:laid|kept|finished|took|taken)[ ](?:us|me|him|her|them|on|off)|temp(?:ed|ing|s)?"
    r"|driv(?:er|es?|ing)|drove|deliver(?:s|ed|ing|y)?|cook(?:s|ed)?|chef|kitchens?"
    r"|tills?|checkouts"
    r"|clean(?:er|s|ed|ing)?|caretaker|carer|porter|security|reception(?:ist)?|cashier|clerk"
    r"|pick(?:er|s|ing)|pack(?:er|s|ed|ing)?|machinist|fitter|welder|weaver|labour(?:er|s|ing)?"
    r"|warehouse(?:man)?|foreman|supervisor|manager|engineer|technician|assistant|washer"
    r"|mate|hair|serv(?:e|es|ed|ing)|sew(?:s|ed|ing)?|weld(?:s|ed|ing)|mechanic"
    r"|plumb(?:er|ing)|waitress(?:es|ed|ing)?|barmaid|barista|boss|gaffer|joiner|roof(?:er|ing)"
    r"|spark(?:y|ie)|electrician|bookkeeper|baker|butcher|forklift|stack(?:s|ed|ing)?"
    r"|valet(?:s|ing)?"
    r"|placement|traineeship|volunteer(?:s|ed|ing)?|trustee|coordinator|caseworker"
)
#: The words of `JOB` one by one: a text without any of them speaks of no employer.
_WORK_WORDS = """
work works worked working employed job shift shifts nights days hours year years career contract
agency apprentice apprenticeship apprenticed redundant sacked hired started retired trained
grafted
slaved laid kept finished took taken temp temped temping temps driver drive drives driving drove
deliver delivers delivered delivering delivery cook cooks cooked chef kitchen kitchens till tills
checkouts clean cleaner cleans cleaned cleaning caretaker carer porter security reception
receptionist cashier clerk picker picks picking packer pack packs packed packing machinist fitter
welder weaver labour labourer labours labouring warehouse warehouseman foreman supervisor manager
engineer technician assistant washer mate hair serve serves served serving sew sews sewed sewing
welds welded welding mechanic plumber plumbing waitress waitresses waitressed waitressing barmaid
barista boss gaffer joiner roofer roofing sparky sparkie electrician bookkeeper baker butcher
forklift stack stacks stacked stacking valet valets valeting placement traineeship volunteer
volunteers volunteered volunteering trustee coordinator caseworker
"""
WORK = frozenset(_WORK_WORDS.split())
