"""Names of people as they are met in British neighbourhoods, and of places that stay.

Plain word lists in lower case: data, no rules. A name that is also an ordinary word or a place is
listed in `AMBIGUOUS` too and counts only where its surroundings speak for a person. Written by hand
from what is common knowledge; no resident's name is in here because a resident bears it.
"""

from __future__ import annotations

_FIRST_NAMES = """
aadam aaliyah aaron abbey abbie abdi abdiaziz abdikadir abdinasir abdirahman abdul abdulkadir
abdulla abdullah abeba abena abi abida abigail abimbola abiodun abiola abosede abraham abu ada
adaeze adaku adam adama adanna adaora ade adebayo adebola adeel aden adenike adeola adil aditi adjoa
adrian adriana afia aftab afua agata agatha agnes agneta agnieszka ahmad ahmed ahmet aidan aileen
ailsa aine ainsley aisha aishah aisling ajay akash akin akinwale akosua akua alan alana alastair
albert alberto aleena alejandro aleksandra alex alexa alexander alexandra alexei alexis alfie alfred
algernon ali alia alice alicia alin alina alisha alison alistair aliyah alla allan allen allison
alma amaechi amaka amal aman amanda amandeep amara amarachi amarjit amber ameera amelia amina
aminata aminatu amir amira amit amma amna amos amrik amrit amy ana anand anastasia andre andrea
andreea andrei andrew andriy andrzej andy aneela angela angelina angie angus anika anil anish anisha
anita anjali ann anna annabel anne annette annie anthony antoine anton antonia antonio anum
anuoluwapo anwar anwara anya aoife april araba arabella aram arben archibald archie ariana ariel
arif arjun arlene arnold arooj arshad arta artan arthur arun arya asad asha ashley ashok ashraful
ashton asif asim asma astrid atif aubrey audrey august aurora austin ava avril awa ayaan ayaanle
ayan ayaz ayesha ayisha ayo ayodele ayomide ayotunde ayse aysha ayub azadeh azra baaba babatunde
bailey balbir baljit balkisu balwinder bamidele banke baran barbara barry bartosz bashir bashira
basil beata beatrice beatriz beau becca becky behrouz belinda bella ben benedict benjamin bereket
bernadette bernard bernie bert bertha bertrand beryl besart besnik beth bethan bethany betty bev
beverley bhavna bianca bilal bill billie billy binta blerim blessing bob bobby bogdan bogna bohdan
bolanle boris boyd brad bradleigh bradley brandon brenda brendan brian brianna bridget brigid brody
brogan brona bronwen bruce bruno bryan bryony bukola bunmi bushra busola caden caitlin caleb callie
callum calvin cameron camila camilla candice caoimhe carl carla carlos carmel carmen carol carole
caroline carolyn carrie carys casey caspar cassandra catalin cath catherine cathy catriona cecil
cecilia cedric celeste celestin celia celine ceri cerys chanel chantal chantell chantelle charanjit
charity charleigh charlene charles charley charlie charlotte chelsea cherie cherry cheryl chiamaka
chidi chijioke chika chinedu chinwe chioma chipo chloe chris chrissie christian christina christine
christopher chukwudi chukwuemeka chukwuma ciara cillian cindy ciprian claire clara clare clarence
clarissa claude claudette claudia cleo clifford clive clyde cody colette colin colleen connie connor
conor conrad constance cora corey corinna corinne cormac cosmin costel courtney craig cristian
cristina curtis cynthia cyril dafydd dahlia daisy dakota dale daljit damian damien damilola dan dana
daniel daniela danielle danny danuta daphne dapo darcy daria darius darragh darren daryl dave davey
david davinder dawid dawit dawn dawud dean deanna deb debbie deborah debra deepa deepak deirdre dele
delia delores delphine delroy delwar demelza demi denise dennis denzel deqa derek dermot des desmond
destiny devon dexter diana diane dianne dieudonne dilan dilip dilys dimitri dina dinah dinesh dipak
divya dmytro dolores dominic dominik dominika don donald donna donovan dora doreen dorin doris
dorota dorothy doug douglas dragos drew drita duncan dustin dwayne dylan dylis eamon earl ebele ebo
ebony ebuka ed eddie eden edgar edith edmund edna eduardo edward edwin edyta eesa efua egle eileen
eilidh eirlys ejaz ekaterina ekene ekow elaine eleanor elena eli elias elif elijah elisa elise
elisha eliza elizabeth ella ellen ellie elliot ellis elodie eloise elora elsa elsie emeka emeke
emilia emilio emily emine emma emmanuel emrys enid enitan enrique eoin eric erica erika erin ermal
ernest errol esi esmae esme esmeralda esperance esther ethan ethel eugene eunice eva evan eve evelyn
everly evie ewa ewan ewelina fabrice faduma fadumo fahad faheem faisal faith faiza faizal fallon
farah farai farhan farida farooq farzana fatema fatima fatimah fatma fatou fatoumata favour fay faye
fayza fearne felicia felicity felix femi ferdinand fergus fern fernando feven fiifi filip finlay
finn fiona fionnuala flo flora florence florentina florin flutura folake folasade fozia fran frances
francesca francine francis francisco franck frank frankie franklin fraser fred freda freddie
frederick freya funmi gabriel gabriela gabriella gabrielle gaelle gail gareth garfield garry gary
gavin gaynor gbenga gemma genevieve geoff geoffrey george georgeta georgi georgia georgie georgina
geraint gerald geraldine gerard geri gethin gheorghe ghulam gianni gideon gift gifty giles gill
gillian gina gino giovanni giuseppe gladys glen glenda glenn gloria glynis godfrey gordon grace
gracie graeme graham grainne grant grazyna greg gregory greta grzegorz gulsen gurdeep gurmeet gurmit
gurpreet guy gwen gwendolyn gwilym gwyneth habiba hadiza hafsa haider hajra hakeem halima halina
hallie hamid hamish hammad hamza hana hanna hannah harbhajan hardeep harinder haris harjit harley
harmony harold haroon harper harpreet harriet harrison harry haruna harvey hasan haseeb hassan
hatice hattie hauwa hawa hayden hayley hazel heath heather hector heidi helen helena henrietta henry
henryk herbert hettie hibaq hibo hilary hilda hina hiwa hiwot hodan holly honor hope horace howard
hozan hubert hugh hugo hui humaira humayun humphrey huong huseyin hussain hussein hussen huw iain
ian ibrahim ibukun ida idowu idrees idris ieuan ifeanyi ifeoma ifrah ifrax iftikhar igor ijaz ijeoma
ilyas ilze iman imani imelda imogen imran imtiaz inderjit india ines inga ingrid innes ioana iolo
ion iqra irena irene ireneusz irfan irina iris irum iryna isaac isabel isabella isabelle isaiah
ishaan ishaaq ishmael isla ismail isobel israel iulia ivan ivana ivanka ivor ivy iwan iwona iyabo
jabeen jace jack jackie jackson jacob jacqueline jade jaden jagdeep jagdish jahanara jaiden jake
jakub jamal james jamie jamil jamila jan jana jane janelle janet janette janice janine janis janusz
jared jaroslaw jasmin jasmine jason jasper jaspreet jasvir jaswinder jatinder javaid javed javier
jawad jaxon jay jayden jayne jean jeanette jeanne jeff jeffrey jemima jemma jen jenna jennie
jennifer jenny jenson jeremiah jeremy jermaine jerome jerry jerzy jess jesse jessica jessie jesus
jide jill jim jimmy jing jo joan joana joann joanna joanne joaquin jocelyn jodie jody joe joel
johanna john johnny jolanta jon jonah jonas jonathan joni jonty jordan jorge jose josef joseph
josephine josh joshua josie joss josue joy joyce juan juanita jude judith judy julia julian juliana
julie juliet julius jumoke june jurgita justin justina justine justyna kabiru kacper kaden kadija
kai kaitlyn kaleb kaleem kamal kamala kamil kamila kamran kamrul kara karen karim karima karina karl
karolina karthik kashif kasia kasim katarzyna kate katelyn katherine kathleen kathryn kathy katie
katrina katy kausar kavita kay kayla kayleigh kayode kazimierz kehinde keiran keisha keith kelechi
kelly kelsey kelvin kemi ken kendra kennedy kenneth kenny kerri kerry keshia kev kevin khadija
khadijah khadra khaleda khalid khalil khurram kian kiera kieran kim kimberley kinga kingsley kiran
kirsteen kirsten kirsty kishan kitty klaudia kobe kofi kojo komal konrad kourtney krasimir krishna
kristen kristian kristina krystian krystyna krzysztof kudzai kuldeep kulwinder kumar kunle kurtis
kwabena kwaku kwame kweku kwesi kyle kylie lacey lachlan laila lakhbir lakshmi lamin lance lanre
lara larisa larry latifa latoya laura lauren laurence laurentiu laverne lawrence layla lea leah
leanne lech lee leela leigh leila lena lenny leo leon leona leonard lerato leroy lesley leslie
leszek leticia lewis lexi leyla leyton liam liban lidia lila lilian lillian lilly lily lina linda
lindsay lindsey linford ling linh lionel lisa lisette liviu liz liza lizzie llinos lloyd logan lois
lola loredana lorelei lorenzo lorna lorraine lottie lou louie louis louisa louise lowri lubna luca
lucas lucia lucian lucie lucinda lucjan lucy luis luiz lukasz luke luminita luna luqmaan luqman
luther lydia lyn lynda lynette lynn lynne lynsey maame mabel maciej macy madalina maddie madeleine
madison maeve magda magdalena maggie maha mahad mahbub mahmood mahmoud mahmud maia maimuna mair
mairead maisie malachi malakai malcolm malgorzata malik maliyah malwina manal mandeep mandy manish
manjit manmeet manoj manpreet manuel maqsood marc marcel marcelo marcia marcin marco marcus marek
margaret margarita marge margot maria mariam mariama marian marianne marie marilyn mario marion
marissa marius mariyam marjorie mark marlene marley marlon marni marsha marta martha martin martina
martine marvin marwa marwan mary maryam maryan maryum marzena masood masud mateusz mathew matilda
matt matteo matthew maud maureen maurice mavis max maximus maxine maxwell may maya maymuna megan
mehdi mehmet mehreen mehwish meinir mel melanie melinda melissa melvin melvyn mercedes mercy
meredith merle merlin meron merveille meryl michael michaela michal michel michelle miguel mihaela
mihai mike mikey mikolaj mila mildred milena miles millicent millie milly milton mina mindaugas
mindy ming minh mira miranda mircea mireille mirela miriam miroslaw misbah mitchell mizanur mo
modupe mohamed mohammad mohammed mohamud mohan mohinder mohsin moira mojisola molly mona monica
monika monique monir morag morenike morgan morven moses moshe moynul mubashir mubeen mudassar
muhammad muhammed muna munir muriel musa mustafa mustapha mwamba mykola myra myrtle nabeel nabil
nabila nadeem nadege nadia nadine nafisa naheed naila naima najeeb najma nana nancy naomi nargis
narinder naser nasir nasreen nasrin nassima nat natalia natalie nataliia natasha nathan nathaniel
navdeep naveed navneet nawal nazia nazma ndidi ned neelam neha neil nelson nerys nesta nettie
neville ngozi nguyet nia niall niamh nick nicky nico nicola nicolas nicole nicoleta nigel nighat
nikhil nikita nikki nikola nikolai nimco nina nirmal nisha nita nkechi nnamdi nneka nnenna noah noel
noelle noman nomsa noor nora noreen norma norman nosheen nour nsimba nuala nur nurul nusrat nyasha
nyla oana obiageli obinna octavia odette odunayo oisin oksana ola oladipo olamide olayinka oleksandr
olena olga olive oliver olivia oliwia ollie olu olufemi olumide olusegun oluwaseun omair omar omari
omolara omotola onyinye orla orlando osama oscar osian osman oswald otis ovidiu owain owen oyelaran
oyin oyinkansola pablo paddy padraig paige pamela pansy paolo paramjit parisa parminder parveen
pascal pascaline pat patience patrice patricia patrick patryk patsy paul paula paulette paulina
pauline pawel pearl pedro peggy penelope penny percy perry pete peter petra petula phil philip
philippa phillip phoebe phuong phyllis pierre piotr pippa plamen polly pooja poppy portia prakash
precious preeti princess priscilla pritam priya priyanka prosper prudence przemyslaw qamar qasim
quentin quinn rabia rachael rachel radu rafael rafal rafiq raheem rahel rahela rahim rahma rahul raj
rajan rajesh rajinder raju ralph raluca ramesh rami raminder ramon ramona randeep rania ranjit
raphael rasa rasha rashid rashida raul ravi ravinder ray rayan raymond rayyan raza razia razvan
reanne rebecca rebekah rebin reece reem reg reggie regina reginald rehana rehman remi renae renata
rene renee reuben rex reyhan reza rhian rhiann rhianna rhiannon rhoda rhodri rhona rhys ria riaz
ricardo richard richie rick ricky ridwan rihana riley rina rita rizwan rizwana rob robbie robert
roberta roberto robin robyn rochelle rod roderick rodney rodrigo roger rohan roisin rojin rokeya
roksana roland roman romeo ron ronald ronan ronke ronnie rory ros rosa rosalind rosalyn rosanna rose
rosemary rosetta rosie ross rotimi rowan rowena roxana roxanne roy ruaridh rubina ruby rudo rufus
rukhsana rukhsar rukia runa rupert rupinder ruqayyah russell ruth ryan ryder ryszard saad saba sabah
sabina sabir sabrina sade sadia sadie sadiq saeeda safa safdar saffron safiya safiyyah sahar sahra
sahro saida saima saira sajid sajida sakina salah saleem salim salima sally salma salman salome sam
samah samantha samina samir samira samreen samson samuel sandeep sandra sandy sangita sani sania
sanjay santiago santosh saqib sara sarabjit sarah sarfraz sarita sasha saskia satnam savanna
savannah scott sean seb sebastian sebastien segun selam selena selina selma selwyn serena sergio
serhii seth seun shabana shabir shabnam shafiq shafique shagufta shahana shahbaz shahid shahida
shahnaz shahzad shaima shaista shakeel shakira shameem shamim shamima shamsa shamsul shane shanelle
shania shanice shannon shantel shaquille sharif sharmila sharmin sharon shaun shauna shawn shayla
shazia sheena shehnaz shehu shehzad sheila shelley shereen sherif sheryl shirin shirina shirley
shirzad shivani shoaib shola shona shonagh shreya shukri sian sid siddharth sidney sidra sienna
silvia silviu simeon simisola simon simona simone simran simranjit sinead siobhan sioned sipho skye
slawek slawomir sofia sohail solange solomon sonia sonny sophia sophie sophy soran sorin stacey stan
stanislaw stanley stefan stefania stelian stella steph stephan stephanie stephen steve steven stevie
stewart stoyan stuart sue sufia sufyan suhail sukhdeep sukhi sukhwinder suleiman sultan sultana
sumaya sumayyah sumera summer sundeep sunil sunita suresh surinder surjit susan susanna susie
suzanne suzie svetlana sybil sydney syed sylvia sylvie sylwia tabassum tabitha tadeusz tadhg
tafadzwa taher tahir tahira taiwo talha talia tamar tamara tamer tamika tamsin tania tanisha tanith
tanveer tanya tara taras tarek tariq tasha taslima tatiana tatum tayo tayyab tayyaba ted tegan
tehmina tejinder temi temitope tendai terence teresa teri terri terry tess tessa tetiana tewodros
thabo thandi thea thelma theo theodora theodore theresa therese thierry thomas thora thuy tia
tiberiu tiffany tilly tim timothy tina tinashe titilayo tobi toby todor toks tolu tom tomasz tomek
tommy toni tony tonya tope tosin toya tracey traci tracy traian travis trevor tricia trina trish
trisha tristan trudy tsvetelina tudor tunde tyler tyra tyrell tyrese tyrone ubaid ubax uche uchenna
ulrika uma umair umar umaru una ursula urszula usama usha usman uzma uzoma val valentina valerie
valon vanessa vasile vasilica velma venkat vera verity vernice vernon veronica vic vicki vicky
victor victoria vijay vikas vikki vikram viktor viktoriia vince vincent viola violet violeta viorel
virginia vivian vivien vivienne vladimir volodymyr vytautas wael wahid waldemar wale waleed walid
wallace wally walter wanda waqar waqas warren warsame wayne weiwei wendy weronika wes wesley wieslaw
wiktor wiktoria wilbur wilfred will willa william willie willow wilma winifred winnie winnifred
winona winston wojciech xander xavier xiaoming yaa yahya yakubu yaqub yara yared yasin yasir yasmeen
yasmin yasmine yaw yazan yemi yetunde yewande yinka yolanda yolande yomi yonas yoofi yordan younis
yousef youssef yulia yuri yusra yusuf yvette yvonne zac zach zachary zafar zaheer zahid zahida zahir
zahra zahraa zain zainab zaine zak zakia zana zander zanele zara zayd zayn zaynab zbigniew zdzislaw
zeeshan zeina zeinab zelda zena zeynep zikora zillah zinnia zoe zofia zubair zulfiqar zuzanna
zygmunt
"""
FIRST_NAMES = frozenset(_FIRST_NAMES.split())

_SURNAMES = """
abdi abdullahi abubakar acheampong adams addo adebayo adeleke adewale adeyemi afolabi agyeman ahmad
ahmed akhtar akinola akram alam ali allen anderson andrews appiah armstrong asante ashraf atkinson
aziz bailey baker banerjee barker barnes barrett bashir begum bell bennett berry bhatt bibi boateng
booth bradley brooks brown burke burton butler campbell carr carroll carter chakraborty chambers
chan chapman chaudhry chen cheung choudhury chowdhury clark clarke cole coleman collins cook cooper
cox cunningham das davidson davies davis dawson desai dhillon diallo dixon dogan doyle dunn edwards
egan ellis evans farah farrell fernandes fernandez fisher fitzgerald fletcher forster foster fox
francis fraser gallagher garcia gardner george ghosh gibson gill gomez gonzalez gordon graham grant
gray green grewal griffiths gupta hall hamilton haque harper harris harrison hart harvey hassan
henry hill holmes hopkins hossain howard huang hudson hughes hunt hunter hussain hussein ibrahim
iqbal islam jackson jallow jama james jenkins john johnson johnston jones joshi kamara kapoor kaur
kaya kelly kennedy khalid khan khatun king knight koroma kovacs kowalska kowalski kumar lam lawal
lawson lee leung lewandowski lewis liu lloyd lopez macdonald mahmood malik marshall martin martinez
mason matthews mbeki mccarthy mcdonald mckenzie mehta mensah miah miller mills mistry mitchell
mohamed mohammed mohamud moore morgan morris morrison mukherjee murphy murray mustafa nair ndiaye
nelson nguyen noor nowak nwosu obi odukoya okafor okeke okonkwo okoro olawale oliver omar onyango
osei osman owen owusu palmer parker parveen patel pearce pereira perera perry phillips pinto popescu
powell price quinn qureshi rahman ramos rana rao rashid rehman reid reynolds richards richardson
roberts robertson robinson rodrigues rodriguez rogers rose ross russell ryan saeed sahin saleh
sanchez sandhu santos saunders scott sesay shah shaikh sharma shaw sheikh siddiqui sidhu silva
simpson singh smith spencer stevens stewart stone suleiman sullivan syed taylor tetteh thomas
thompson tran turner uddin ullah usman varma walker walsh wang ward warsame watson watts webb wells
west white wilkinson williams williamson wilson wisniewski wojcik wong wood woods wright wu yang
yeboah yildiz young yusuf zhang zielinski
"""
SURNAMES = frozenset(_SURNAMES.split())

#: Names that are words, months or places as well: a capital letter alone proves nothing.
_AMBIGUOUS = """
abbey akin ali alin alma amber april art arta ashton august aurora austin ava baran basil beau bell
ben bill bob casey charity charlotte chase chelsea cherry christian clyde constance courtney daisy
dakota dale dan dawn dean derby destiny devon don drew earl ebony eden esi esperance eve faith
fallon favour fay fern finn flora florence fox francis frank gene georgia gift gill glen grace grant
gray green guy haider hall harley harmony harper hart hazel heath heather hill holly honor hope
hubert hui hunt hunter india inga iris islam israel ivy jade jan jay jean jesus jing jonas jordan
joy jude june king kingsley knight lance lech lee lewis lily ling logan luna mark mason max may
mercedes mercy miles miller mina ming minh mo morgan nana nelson noor olive orlando oscar page paige
pansy pat patience pearl penny perry pete poppy precious preston price princess prosper prudence
quinn rasa ray rayan reg rex ria rich rina rob robin rod roman rose rosemary rowan ruby saffron
sally sandy savannah shah sienna sky skye sterling stevie stone sue sultana summer sydney ted tilly
trinity tudor una val verity vic victor victoria viola violet virginia wade ward warren wells west
white will willow wood woods young
"""
AMBIGUOUS = frozenset(_AMBIGUOUS.split())

#: Districts, towns, counties and countries that are taken for people now and then. They stay.
_PLACES = """
aberdeen acton africa america ashford asia aylesbury balham bangladesh barking barnet barnsley
barnstaple basildon bath battersea bedford belfast bermondsey bexley birkenhead birmingham blackburn
blackpool bolton bournemouth bradford brent brighton bristol brixton bromley bulgaria burnley bury
caerphilly camberwell cambridge camden cardiff carlisle catford chatham chelmsford cheltenham
chester chesterfield china clapham colchester cornwall coventry crawley croydon cumbria dagenham
dalston darlington deptford derby devon doncaster dover dudley dulwich dundee durham ealing
eastbourne edinburgh edmonton enfield england eritrea essex ethiopia europe exeter france fulham
gateshead germany ghana gillingham glasgow gloucester greece greenwich grimsby guildford hackney
halifax hammersmith haringey harlow harrogate harrow hartlepool hastings hertford hounslow
huddersfield hull india ipswich iran iraq ireland islington italy jamaica keighley kennington
kensington kent kenya kingston lambeth lancashire lancaster leeds leicester leith lewisham lincoln
liverpool london loughborough luton maidstone manchester mansfield margate merseyside middlesbrough
morecambe newcastle newham newport nigeria northampton norwich nottingham nuneaton oldham oxford
pakistan peckham peterborough peterlee plymouth poland poole portsmouth portugal preston putney
ramsgate reading redbridge redditch richmond rochdale romania romford rotherham rushcliffe rwanda
salford scarborough scotland scunthorpe sheffield shoreditch slough solihull somalia somerset
southall southampton southend southwark spain stevenage stockport stockton stratford streatham sudan
sunderland surrey sussex swansea swindon syria tamworth teesside telford tooting torquay tottenham
tower turkey uganda uk ukraine vauxhall wakefield wales walsall walthamstow wandsworth wansbeck
warrington warwick watford wembley westminster whitechapel wigan wimbledon wirral wolverhampton
woolwich worcester worthing yemen york yorkshire zimbabwe
"""
PLACES = frozenset(_PLACES.split())
