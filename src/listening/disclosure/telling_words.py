"""Words by which a neighbour may know somebody, by what they speak of. English alone.

They ask a signer to look twice and forbid nothing: a list that misses a word does no harm that the
signer's own reading does not mend, and one that finds too much is read past.
"""

from __future__ import annotations


def _words(text: str) -> str:
    """Return an alternation, the longest first."""
    return "|".join(sorted((one.replace("_", r"[\s-]") for one in text.split()), key=len)[::-1])


#: how many, spelt out; one and two are everybody's
COUNTS = _words("""
three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen
""")
MONTHS = _words("""
January February April June July August September October November December
Christmas Easter Ramadan Eid Diwali Hanukkah Vaisakhi Halloween
""")
KIN = _words("""
husband wife partner boyfriend girlfriend son sons daughter daughters twin twins triplets child
children kid kids baby babies toddler teenager mum mums mother mam dad dads father parents nan nana
gran granny grandma grandmother grandad grandfather grandparents grandson granddaughter
grandchildren grandkids sister sisters brother brothers aunt auntie uncle cousin niece nephew
stepmum stepdad stepson stepdaughter in-laws mother_in_law father_in_law sister_in_law
brother_in_law widow widower orphan carer foster_child
""")
#: what makes a family one of few
OF_KIN = _words("""
late ex foster step adopted disabled autistic eldest oldest elder older youngest younger middle only
single twin pregnant newborn unborn
""")
WORK = _words("""
accountant architect baker barber barman barmaid bricklayer bus_driver builder butcher
caretaker carpenter cashier caterer chef childminder cleaner coach cook courier councillor decorator
delivery_driver dentist doctor electrician engineer farmer firefighter fisherman gardener
governor hairdresser head_teacher headteacher imam janitor joiner journalist judge labourer lawyer
lecturer librarian lollipop_lady lorry_driver magistrate market_trader mechanic midwife minister
musician nurse nursery_worker optician painter paramedic pastor pharmacist pilot plasterer plumber
police_officer porter postman postwoman priest rabbi receptionist roofer scaffolder seamstress
security_guard shopkeeper social_worker soldier solicitor surgeon surveyor tailor taxi_driver
teacher teaching_assistant train_driver vet vicar waiter waitress warden welder
""")
HEALTH = _words("""
adhd aids alcoholic amputee anorexia arthritis asperger's autism autistic bipolar blind cancer
chemotherapy copd crohn's deaf dementia dialysis disabled disability down's_syndrome dyslexia
eczema endometriosis epilepsy epileptic fibromyalgia heart_attack heart_failure hiv hysterectomy
kidney leukaemia lupus miscarriage multiple_sclerosis ms overdose paralysed parkinson's psychosis
ptsd schizophrenia sectioned seizure seizures sickle_cell stillborn stoma stroke suicidal suicide
transplant tuberculosis wheelchair
""")
ORIGIN = _words("""
afghan albanian algerian arab asylum bangladeshi bengali brazilian bulgarian buddhist cantonese
caribbean chinese christian colombian congolese eritrean ethiopian filipino ghanaian gujarati gypsy
hindu indian iranian iraqi irish jamaican jewish kenyan kosovan kurdish lebanese lithuanian
moroccan mosque gurdwara synagogue muslim nepalese nigerian pakistani polish portuguese punjabi
refugee roma romanian russian rwandan sikh sierra_leonean somali sudanese sylheti syrian tamil
temple tigrinya traveller turkish ugandan ukrainian urdu vietnamese yemeni yoruba zimbabwean
gay lesbian bisexual trans transgender queer
""")
EVENT = _words("""
accident appeal arrested assaulted attacked bailiffs burgled caved_in collapsed convicted court
crash custody deported died domestic_violence evicted explosion fire fined flood flooded funeral
inquest jailed killed knocked_down murder murdered ombudsman petition prison probation raided raped
robbed sacked shot stabbed stabbing strike tribunal trial
""")
ONLY = _words("first last only oldest youngest tallest")
