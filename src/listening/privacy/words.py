"""Ordinary English words, in lower case, as residents write them in surveys and interviews.

A capital letter often means nothing more than the start of a sentence or emphasis ("Felt heard",
"the Council", "my GP"). A word of this list is therefore no name unless its surroundings say so.
Common words of public survey answers and of local services.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet

#: The different words of a text in small letters: tells cheaply what need not be looked for.
Bag = AbstractSet[str]

#: A run of letters; a word, in which hyphens and apostrophes may join several.
RUN = re.compile(r"[^\W\d_]+")
WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


_UNACCENTED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "e", "’": "'"}
)


def bag_of(text: str) -> Bag:
    """Return the different runs of letters in `text`, in small letters without accents."""
    return set(RUN.findall(fold(text)))


def fold(word: str) -> str:
    """Return a word as the lists write it: small letters, no accents, straight apostrophes."""
    low = word.lower()
    if low.isascii():
        return low
    spread = unicodedata.normalize("NFKD", low.translate(_UNACCENTED))
    return "".join(c for c in spread if not unicodedata.combining(c))


#: Contractions and fillers as people type them and machines write them down.
_SLURRED = """
aint arent aswell cant cause coulda couldnt couldve cos coz didnt dint doesnt dont dunno eh em er
erm errr gonna gotta hadnt hafta hasnt havent hed hell hes hiya hmm howd ima im innit isnt itd itll
its ive kinda lemme lotta mhm mm mustve mustnt nah naw neednt nope nowt oi ought owt oughta outta
shed shell shes shouldnt shoulda shouldve summat sorta tho thats theres theyd theyll theyre theyve
til thru uh um umm ur wanna wasnt werent weve whats whered wheres whos wont wouldnt wouldve woulda
ya telly jan feb mar apr jun jul aug sep sept oct nov dec yall yknow yous youd youll youre youve yup
nae wee aye cannae didnae dinnae wouldnae havenae
"""
SLURRED = frozenset(_SLURRED.split())


_ORDINARY = """
a ability able about above absolutely accent access accident account accurate acre acres across
activities actual actually add address adhd admin admitted advert advice advised advocacy ae aed
afford affordability affordable afghan african after aftercare afternoon again against age ages ago
agree ahead aid air aka alarm albanian alcohol aldi all allah allotment allotments allow allowed
almost alone along already alright also although always am amazing ambulance ambulances ambulatory
american amount an and anglican angry animals anonymous another answer answered answers anxiety any
anybody anymore anyone anything anyway anywhere apart appalling appliances appointment appointments
appreciate approach appropriate april arab arabic architect are area areas argos around arranged
arrival arrive arrived arthritis as asap asda asian ask asked asking asperger assessment assistance
assistant asthma astrazeneca asylum at attend attended attention attentive attitude august aunt
auntie aunty australian autism autistic autumn available aware awareness away awesome awful babies
baby back background bad badly balance bangladeshi bank baptist bar bariatric based basic basically
bathroom bats bbc bbq be beach beautiful became because become bed bedroom bedrooms bedsit been
before begin beginning behaviour behind being believe belong belonged benefit benefits bengali
bereaved bereavement beside best better between beyond bible big bigger bike bikes bills bin bins
birds birth birthday bisexual bit black blame block blocks bloke blood board book booking books
boomer boots borders bored boring born borough boss both bottom bought box boy boyfriend boys brain
bread break breakfast breastfeeding breathing brexit bright brilliant bring british broadband broke
broken brother brothers brought brown brownies buddhist budget budgets build building buildings
built bulgarian bullied bullying bungalow bus buses bush business businesses busy but butcher buy
buzzer by bypass cable cafe call called calling calls calm came cameras camhs campaign camping
campus can cancelled cancer candle cannabis cannot capacity car card care carer carers caretaker
caribbean caring carpet carpets carry cars case cash cataract catch catholic cats cause ceiling cell
centre certain chairs chance change changed changes changing chaos chaotic chap chapel charge
charities charity chatty cheaper check checkout cheerful chemist chest child childcare childminder
children chinese choice chooks christ christian christianity christians christmas church churches
cinema citizens city class classes clean cleaner cleaners cleanliness cleanness clear clearer
clearly climate clinic clinical close closed closing closures clothes club clubs cmht coach coffee
cold college colleges com come comes comfortable comfy coming commissioner communication community
commuters companies company compassion compassionate competition complaint complaints completely
computer concerned concerns condition conditions confidence congestion congolese connect connected
conservative conservatives consider consistency consultant consultants consultation contact continue
continuity contractor control cook cooked cooker cooking copd cope copper corner corridor corridors
cosmetic cost costs cosy cots could council councillor councillors councils counselling counsellor
country county couple course court courteous cousin cousins cover covered covid cows cpn cpr cqc
create credit crew crime criminal crisis crisps crossing crossings crowded ct cuddly cup customer
cut cuts cv cycle cycling cyclists dad dads daily damp dance dances dancing dangerous dark darkness
date daughter day days deaf deal dealers dealing dealt debate debt debts december decent decided
decision definitely degree delay delays delicious deliver delivered delivery dem dementia democrat
democrats demolished dems dental dentist dentists department deposit depression deprived despite
detail develop developed developers development devoted diabetes diabetic diagnosis did died diet
difference different difficult digital dignity dinner dirt dirty disability disabled disappointed
disappointing discharge discrimination disgraceful disgusting disorder district diwali do doctor
doctors dodgy does dog dogs doing dollars donate done door doors doorstep down downtown dr drainage
drains draughty drawing dreadful drink drive driver drivers driving drop dropin drug drugs due dump
during dvd dwp each earlier early ease easier easter easy eat eating ebay ecg economic education
efficient eggs eid eight either elderly eldest electric electrical electrician electricity eligible
else emailed embarrassed emergency empathy employ employer employment end ended energy engage
engagement engaging english enjoy enjoyed enough entertainment entonox environment equipment
eritrean esa escalator especially estate estates etc ethiopian european even evening evenings events
eventually ever every everybody everyone everything everywhere evicted eviction exactly exam exams
excellent except exceptional exemplary exercise existing expect expected expensive experience
experienced expert expertise explained explaining extension extra extremely eye eyes fab fabulous
face facebook facilitator facilitators facilities fact factory fair fairly fairness fall families
family fantastic far farm farmers farming farms fast father father's fault faultless fear february
feed feedback feel feeling feet felt female fence festival few fiance fibre filipino fill finally
finances find finding fine fines finish finished fire fireworks first fishing fit fitness five flat
flats flawless flexible flooding floor flow flowers flytipping focus folks follow food foodbank foot
football for forced forensic form forum forward found foundation four fraud free french friday
fridays fridge friend friendliness friendly friends friendship frightened from front fruit
frustrating fuel full fumes fun funding funeral furious furniture further future fyi games gang
gangs garage garages garden gardening gardens gas gave gay gcse general generation gentle gentleman
gentlemen genuine german get gets getting ghanaian girl girlfriend girls give given giving glad
gmail go god goes going golden gone good google got government gp gps graffiti gran grandad
grandchildren granddad granddaughter grandfather grandma grandmother grandpa grandparent
grandparents grandson granny grants grass grateful gratefully gratitude great green greenery greens
greenways greggs grew grim groceries grocery ground group groups grow growing grown growth guess
guide gujarati gutter gym gypsy had hairdresser halal half hall hand handler handlers hands handyman
hanukkah happen happened happening happens happy harassment hard has hate have having hazard hca he
head headteacher health healthcare healthy hear heard heart heating heaven hedge hedges held hello
help helped helper helpers helpful helpfulness helping helpline her here heritage hey hi high higher
hill him hindi hindu hindus hip hire his hispanic hiv hmrc hobby hold holiday holidays holy home
homeless homelessness homes honest honestly hope horse horses hospital hospitals hostel hot hotel
hotels hour hours house household houses housing how however huge hundred hundreds husband hygiene i
iapt ibs ice iceland icu id idea if ignored ill illness imam immigrants immigration imo impact
important impressed improve improved improvement improvements in inaccessible incarcerated
incarceration including inclusion inclusive income increase indian individual individuals indoor
info informal information informative informed initial injection injured injury inn inpatient inside
inspection inspector instagram installing instead insurance interaction interest interested
interesting internet interpreter interviewer interviewers into invisible invoice involved iranian
iraqi irish is islam islamic isolated isolation issue issues it italian its itu itv jail jam
jamaican january jargon jesus jew jewish jews job jobcentre jobs journey joyful july junction june
just keen keep keeping kenyan kept keyworker kids killed kind kindest kindly kindness kitchen knee
knew knife know knowledge knowledgeable known knows kurdish labour lack lad ladies lads lady land
landlady landlord landlords landscape lanes laptop large lass lasses last late later latino laughs
laundry law laws lay lazy leader leaflet leak leaking leaks learn learned learning learnt least
leave leaving lecturer left leg legal leisure length lent lesbian less lessons let letter letters
level lgbt lgbtq liars lib liberal libraries library licence lidl life lifeline lift lifts light
lighting lights like liked line lines link listen listened listening litter little live lived lives
living ll local locally lock locked lodge lol loneliness lonely long longer look looked looking lord
lorries lost lot lots loud lounge love loved lovely low lower ltd luckily lucky lunch lung luxury
machine madam made magazine main mainly maintenance major majority make makes making male mam man
manage managed manager managers manner many march margin marijuana market married marvellous masks
massive mate maternity matter mattress may maybe mayor mcdonalds me meals mean means meant medical
medication meet meeting member members memories men mental mentor mentors merry messy met methodist
mice middle midwife midwives might migrants mile miles milk mind mindful ministry minor mins minute
minutes miserable miss missing mistake mixed mobile mobility model moderator modern moderna mold mom
moment monday mondays money month months more morning morrisons mosque mosques most mostly mother
mother's motor mould mouldy move moved moving mr mri mrs ms much mugged mum mummy mums murder music
musical muslim muslims must my myself name nan nana nanny nappies nasty nature near nearly necessary
need needed needs negative neglected neighborhood neighborhoods neighbour neighbourhood
neighbourhoods neighbours nephew nervous netflix never new next nhs nice niece nigerian night
nightmare nights nine no nobody noise noisy non none nope not note nothing notice november now
number nurse nurseries nursery nurses nursing nutrition obesity obviously occasion occasions
occupational october odd of off offer offered office officials ofsted often oh ok okay old older on
once one ones online only onto ooh open opened operator opinion opportunities opportunity opposite
optician options or order ordinance organisations organization original ot other others ots our
ourselves out outdoors outpatient outpatients outreach outside outstanding over overall overcrowded
overcrowding overdue overgrown overseas overwhelmed own owned owner ownership paid pain painful
pains pakistani pal palliative pals panic pantomime pantry paper paperwork paracetamol paramedic
paramedics parcel parenting parents park parking parks parole part participant participants
particular particularly parties partner partnership parts party pass passed past pastor patience
patient patients patio pavement pavements pay paying pc pcso peaceful pedestrian pension pensioner
pensioners pentecostal people per perfect perfectly perhaps period person personal personality
petition petrol pfizer pharmacist pharmacy phenomenal phone phoned photographs physio
physiotherapist physiotherapy piano pick picked picnic picture pictures piece pip place places plan
planned plans plastic play played playground playgroup playgroups playing pleasant pleased pleasure
plenty plumber plus point police policy polish polite politeness pollution pool poor poorly
population portuguese position positive possible post postman potential potholes poultry pound
pounds poverty power practice practitioner praise prayer pregnant preschool prescriber prescription
prescriptions present pressure pretty previous pride priest primark primary priority prison privacy
private probably problem problems process professional professionalism professor program programme
programmes programs progress project projects promises prompt promptly properties property prophet
protestant proud provide provided psychiatrist psychological psychologist psychology ptsd pub public
pubs pulled punctual punctuality punjabi purpose push pushchair put putting quality queer question
questions queue queues quick quicker quickly quietly quite quran rabbi racism racist radio railway
raise ramadan ramp ramps rang rate rates rather rats re read ready real realise really reason
reassurance reassured reassuring reassuringly receive received recently reception receptionist
receptionists recommend record recreation recycling red redacted redecorate reduce referral
referrals referred refuge refugee refugees refuse regarding regular rehab relaxed relaxing reliable
religion remember rent rents repair repairs reply reported representative required researcher
resident residential residents resilience resources respect respectful respiratory respite respond
responded respondent response responsive rest restaurant restrictions result retired return
returning reviews rid ride ridiculous right rights ring ringing river road roads roadworks role roma
romanian romany roof roofs room rooms rota round routine rubbish rude rules run running rural rushed
russian sad sadly safe safeguarding safer safety said sainsburys saint salary same sat satisfied
saturday saturdays save saved saviour saw say saying says scaffolding scan scared scheme schemes
school schools scottish scouts scruffy seat seats second secretary security see seeing seem seemed
seems seen self sell send sending sense sensitive sent separate sepsis september serious served
service services sessions set setting seven several sew sewing shambles shame she shelter sheltered
shift shifts shocking shoes shop shopkeeper shopping shops short should shouting show shy sick side
sidewalks signage signpost sikh sikhs similar simple since singing single sir sister sisters sit
sitting situation six size skills skype sleep sleeping slow slower small smaller smell smelly smiles
smiling smoking smooth smoothly snacks snapchat so social society sofa sold solicitor somali some
somebody someone something sometimes somewhat somewhere son soon sooner sorry sort space spanish
speak speaker speaking special specialist speech speed speeding speedy spend spent spinal spirit
splendid spoke sport sporting spotless spring squalid square st staff stage stairs stand standards
standing start started starting state station status stay stayed step stigma still stop stopped
storage store story stove straight strangers street streets stress stressed stressful stroke
struggle struggled struggling stuck student students studio stuff suburbs such sudanese suffering
suicidal summer sunday sundays sunny sunshine super superb supermarket supervisor support supportive
suppose supposed sure surgeon surgery surrounding surveys swearing swim swimming sympathetic syrian
system systems table tables take taken takes taking talented talk talked talking tamil taught tax
taxes taxi taxis tbh tea teach teacher teachers teaching team teams technology teenage teenager
teenagers telephone television tell telling ten tenancy tenant tenants tennis term terrible terrific
terrified tesco test texts textured than thank thanked thanks thankyou that thay the theatre theft
their them themselves then therapist therapists therapy there these they thing things think thinking
third this thorough those though thought thoughtful three through throughout thursday thursdays
ticked tidy tiktok till timber time timely times tiny tired to today toddler toddlers together
toilet toilets told too took top tories tory touch towards tower town toys traffic train training
trains tram trams trans transgender transparent transport trauma travel travelled traveller
travellers travelling treasurer treat treated treatment treatments tree trees tried trip trips
trouble true trust trusted truth truthful try trying tuesday tuesdays turkish turn turned tutor
tutoring tv twenty twice twins twitter two type uber ucas ugandan ugly ukip ukrainian ultimately
umbrella unable unacceptable uncaring uncle uncomfortable under understand understanding understood
unelected unemployment unfair unfortunately unfriendly unhappy unhelpful union universal university
unknown unless unreadable unsafe unsure untidy until up updated upgrade uplifting upset urdu urgent
us use used using uti vaccine vaccines vacuum vandalism vans ve vegan vegetables venue very vicar
video vietnamese view village violence violent vip visit visited visiting visitor visitors visits
voice volunteer volunteers vote voting vs vulnerable wage wages wait waited waiting waitrose walk
walked walking want wanted wants ward warden wardens warm was washing waste watching water way ways
we weather wedding wednesday wednesdays week weekday weekend weeks welcoming welfare well wellbeing
welsh went were what whatever whatsapp whatsoever wheelchair wheelchairs when where whether which
while whilst white who whole why wide wife wifi wildlife wilko will willing window windows winter
wish with within without woman women wonder wonderful wonderfully word work worked worker working
works workshops world worried worry worrying worse worst worth would write wrong wrongly xray xx xxx
yeah year years yep yes yesterday yet yoga you young younger youngsters your yourself youth youths
youtube zebra zero zoom
"""
ORDINARY = frozenset(_ORDINARY.split())
