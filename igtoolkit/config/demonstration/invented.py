"""The invented organisations, one a line: the region's initial, then the name. Codes follow the order. At the end,
names for people, to be put together by chance.

No name here is a real trust's; any likeness is chance. Some are long or awkward on purpose: real
ones are, and every page, paper and table must take them.
"""

ACUTE = """\
N Aldermoor Teaching Hospitals NHS Trust
M Ashby and Fenwick Hospitals NHS Foundation Trust
L Bellhaven Children's NHS Foundation Trust
M Brackley Cross University Hospitals NHS Trust
N Calder Vale Hospitals NHS Foundation Trust
S Cheswick Royal Infirmary NHS Trust
S Dunmere and District NHS Foundation Trust
N Eskmouth Hospitals NHS Trust
M Fallowmere and Wrenbury Hospitals NHS Trust
S Great Ottery Hospitals NHS Foundation Trust
L Highgrove Park University Hospital NHS Trust
N Hallam Beck Hospitals NHS Trust
M King Offa's Hospital, Merestow, NHS Foundation Trust
S Langpool Magna Hospitals NHS Trust
N Marraby and Swinhope NHS Foundation Trust
M Nether Arden University Hospitals NHS Trust
N Northmoor University Hospitals NHS Foundation Trust
S Oakhanger and the Forest Hospitals NHS Trust
L Old Palace and St Osyth's Hospitals NHS Trust
M Pinchmere Valley Hospitals NHS Foundation Trust
N Queensferry Road Women's Hospital NHS Foundation Trust
S Saltmere & Wexcombe Hospitals NHS Trust
N Scarsdale Moor General Hospitals NHS Trust
M Thornacre Hospitals NHS Foundation Trust
S Upton Lovel and Tidwater NHS Foundation Trust
N Whinfell and Greystang Dale Hospitals NHS Trust
M Yardley Chase General Hospital NHS Trust
S Abbotsmead Hospitals NHS Foundation Trust
N Blackthorn Edge Hospitals NHS Trust
M Castle Harcourt Hospitals NHS Trust
L Crossharbour and Limewharf Hospitals NHS Trust
S Combe Regis Hospitals NHS Foundation Trust
N Dunsyke Vale Hospitals NHS Foundation Trust
M Easter Willoughby Hospitals NHS Trust
S Fleetwater Hospitals NHS Trust
N Garsbeck and Linton Fells NHS Foundation Trust
M Harrowden Hospitals NHS Foundation Trust
L Hospital of St Blaise and St Lucy NHS Foundation Trust
S Isle of Corran Hospitals NHS Trust
N Kelderdale Hospitals NHS Trust
M Kingsmarch Royal Hospitals NHS Trust
S Little Hinton and Ashcombe Hospitals NHS Foundation Trust
N Lowmoor and Airebridge Teaching Hospitals NHS Trust
M Marston Fen Hospitals NHS Trust
S Netterley Haven University Hospitals NHS Foundation Trust
N Ousebridge Hospitals NHS Foundation Trust
L Parsons Fields Hospital NHS Trust
M Quernmoor Park Orthopaedic Hospital NHS Foundation Trust
S Ravensmead Cross Hospitals NHS Trust
N Raskell and Topstead Moor NHS Trust
M St. Aldhelm's (Marsh End) Hospitals NHS Trust
S Stourfold Hospitals NHS Foundation Trust
N Tarnbrook Infirmary NHS Trust
M Tenborough Lacy Hospitals NHS Trust
S Undercliff and Chine Bay Hospitals NHS Foundation Trust
N Vale of Lorton Hospitals NHS Trust
M Wychford General Hospitals NHS Trust
L West Barrow and Chalk Lane University Hospitals NHS Trust
S Winterwell Royal Hospitals NHS Foundation Trust
N Yarrowby Hospitals NHS Trust
M Alderbury Heath Hospitals NHS Foundation Trust
S Bishop's Tarrant Hospitals NHS Trust
N Brigholme and Coverdene Hospitals NHS Foundation Trust
M Tŷ Gwyn and Llanfair-ym-Môr Border Hospitals NHS Trust
L Charterhouse Green Eye Hospital NHS Foundation Trust
S Cranmere Hospitals NHS Trust
N Denthwaite Clough NHS Foundation Trust
M Dovecote Meadows Hospitals NHS Trust
S Elmsworthy and Torrhaven NHS Trust
N Fullwath Hospitals NHS Foundation Trust
M Glaston Heath Hospitals NHS Trust
S Hartlow Hospitals NHS Foundation Trust
N Holmbeck Grange Hospitals NHS Trust
M Ingleby Fosse Hospitals NHS Foundation Trust
L Jewel Tower Hospitals NHS Trust
S Kennick Marsh Hospitals NHS Foundation Trust
N Langstrathe Hospitals NHS Trust
M Lillingworth General Hospital NHS Trust
S Maiden Coombe Hospitals NHS Foundation Trust
N Mosswray Carr Teaching Hospitals NHS Foundation Trust
M Northwick Soke Hospitals NHS Trust
S Otterhampton Heart and Lung Hospital NHS Foundation Trust
N Pennerstone Bar Hospitals NHS Trust
M Peverell Hospitals NHS Trust
L Queen Adelaide's and Bow Creek Hospitals NHS Trust
S Purlbrook Down Hospitals NHS Trust
N Rainton Moor Hospitals NHS Foundation Trust
M Rushmere St Guthlac Hospitals NHS Trust
S Seven Barrows Hospitals NHS Foundation Trust
S Port Ellery Hospitals NHS Trust
N Skelwray Hospitals NHS Trust
M Shireburn Wold Hospitals NHS Foundation Trust
S Tavyton and Lydcot NHS Foundation Trust
N Thirlspot Infirmary NHS Trust
M Trentholme University Hospitals NHS Trust
L Union Canal Hospitals NHS Trust
S Vennford Hospitals NHS Foundation Trust
N Warkholme Hospitals NHS Foundation Trust
M Wellow Cross Hospitals NHS Trust
S Whitsand Royal Hospitals NHS Trust
N Wrayton Sands Hospitals NHS Foundation Trust
M Yoxbridge Hospitals NHS Trust
S Arleston Point Hospitals NHS Foundation Trust
N Barrowdale Children's NHS Trust
M Burleash Level Hospitals NHS Trust
L Cityfields and Moorgate Cross NHS Foundation Trust
S Chessel Reach Hospitals NHS Foundation Trust
N Cotherdale and Stainby Bank NHS Foundation Trust
M Deermarsh Priors Hospitals NHS Trust
S Dartcombe University Hospitals NHS Trust
N Elterby Hospitals NHS Trust
M Farthingwell Women's and Newborn Hospital NHS Foundation Trust
S Fordingham Hospitals NHS Foundation Trust
N Grassholme Hospitals NHS Foundation Trust
M Hembury Lacy Hospitals NHS Trust
L Heathlands and Rye Common Hospitals NHS Trust
S Hurstwater Hospitals NHS Trust
N Kirkhaven Teaching Hospitals NHS Foundation Trust
M Kimberwold Fosse Hospitals NHS Foundation Trust
S Lodmere Hospitals NHS Trust
N Lamberside Hospitals NHS Trust
M Leverington Marsh Hospitals NHS Foundation Trust
S Mallerton Hospitals NHS Foundation Trust
N Meltonby Hospitals NHS Trust
M Newbold Astley Hospitals NHS Trust
L North Circular and Dollis Vale Hospitals NHS Trust
S Northleigh Cancer Hospital NHS Foundation Trust
N Oughterside Hospitals NHS Foundation Trust
M Overstone Hospitals NHS Trust
S Penhallow and Carrow Roads Royal Hospitals NHS Trust
N Patterdene Fell Hospitals NHS Trust
M Ridgewell Colne University Hospitals NHS Foundation Trust
S Selwood Hospitals NHS Trust
N Saltersgate Hospitals NHS Foundation Trust
M Swithland Royal Hospitals NHS Trust
L St Cyril's (Свети Кирил) Community Hospitals NHS Trust
S Thamesford Hospitals NHS Trust
N Swarthdale Cross Hospitals NHS Trust
M The Queen Adelaide Hospital, Prince's Quay, NHS Foundation Trust
S Torcombe and Babbacot NHS Foundation Trust
N Ulverdale Hospitals NHS Foundation Trust
M Uppingworth Orthopaedic Hospital NHS Foundation Trust
S Wantley Hospitals NHS Trust
N Wearhope Hospitals NHS Trust
M Wellam Soke Hospitals NHS Foundation Trust
L Woolpack Lane Hospitals NHS Trust
S Westhaven Teaching Hospitals NHS Foundation Trust
N Winterscale Hospitals NHS Trust
S The Royal Penhallow, Lydcot Bay, Upper and Lower Thornacre, Marsh End and the Isles of Corran Teaching Hospitals and \
Integrated Community Services NHS Foundation Trust
M Wolverley Fields Hospitals NHS Trust
N Yaddon Carr Hospitals NHS Foundation Trust
S Yealmcombe Hospitals NHS Trust
L Young Persons' Hospital, Lambs Conduit, NHS Foundation Trust
N Oke NHS Foundation Trust
"""

MENTAL_HEALTH = """\
N Aldermoor and Eskdale Mental Health NHS Trust
M Arden Forest Partnership NHS Foundation Trust
S Vale and Downs Mental Health NHS Foundation Trust
L Barnbury and Archway Mental Health NHS Trust
N Beckside Care NHS Foundation Trust
M Brackley and the Soke Partnership NHS Trust
S Chalk Downs Partnership NHS Foundation Trust
N Cotherdale Mental Health NHS Trust
M Crossways Healthcare NHS Foundation Trust
S Dartcombe and Moor Partnership NHS Trust
N East Holderby Coast Partnership NHS Foundation Trust
M Fenmark Mental Health NHS Foundation Trust
L Four Wharves Riverside Partnership NHS Foundation Trust
S Forest and Haven Healthcare NHS Trust
N Greystang Partnership NHS Foundation Trust
M Harcourt House Mental Health NHS Trust
S Hinton Priory Partnership NHS Foundation Trust
L Holloway Green and Southmarsh Lea NHS Foundation Trust
N Kelder and Lunn Care NHS Trust
M Kingsmarch and Leddon Valley NHS Foundation Trust
S Longmead Partnership NHS Trust
N Lowmoor District Care NHS Trust
M Marston and Fenland Partnership NHS Foundation Trust
S Netterley and Solwater Partnership NHS Foundation Trust
N Northern Fells Partnership NHS Trust
L North Reach Mental Health NHS Trust
M Offa's Mark and Temsey Valley Partnership NHS Trust
S Ottery Coast Mental Health NHS Foundation Trust
N Oughterside and Silloway Plain Partnership NHS Foundation Trust
M Peverell and the Peaks Partnership NHS Foundation Trust
S Purlbrook and Meonwell Healthcare NHS Foundation Trust
N Ravensgill Recovery NHS Foundation Trust
M Ridgewell and Stourling Valley Partnership NHS Foundation Trust
L Riverside, Rye Common & Brook Lea NHS Foundation Trust
S Seven Barrows Partnership NHS Trust
N Skelwray and Fearnley Fells Care NHS Trust
M Shireburn Partnership NHS Trust
S South Coast and Chine Partnership NHS Foundation Trust
N Tarnbrook Partnership NHS Foundation Trust
M Thornacre Healthcare NHS Foundation Trust
S Torrhaven and Tammer Reach Partnership NHS Trust
M Trentholme Healthcare NHS Foundation Trust
L Thamesmouth Partnership NHS Foundation Trust
S Undercliff Mental Health and Learning Disability NHS Foundation Trust
N Wearhope and Derwentmouth NHS Foundation Trust
M Wellam and Withing Partnership NHS Foundation Trust
S Whitsand and Carrow Partnership NHS Foundation Trust
L Woolpack and Tower Reach NHS Foundation Trust
M Wychford and Wyrside Partnership NHS Trust
N Yarrowby and Howdale Moors NHS Foundation Trust
"""

AMBULANCE = """\
N Northern Dales Ambulance Service NHS Trust
N Pennine Edge Ambulance Service NHS Trust
N Irwell and Wyre Ambulance Service NHS Trust
M Trenthope Vale Ambulance Service NHS Trust
M Marches and Malvern Ambulance Service NHS Foundation Trust
M Eastern Fens Ambulance Service NHS Trust
L Capital and Wharves Ambulance Service NHS Trust
S Downs and Weald Ambulance Service NHS Foundation Trust
S Wessex Chase Ambulance Service NHS Foundation Trust
S Western Moors Ambulance Service NHS Foundation Trust
"""

PRACTICES = """\
N The Beck Surgery, Aldermoor
M Fenwick Road Medical Centre
L Dr Oyelaran & Partners, Chalk Lane
S The Old Forge Surgery, Upton Lovel
N Calder Vale Health Centre
M Brackley Cross Family Practice
S Harbour View Surgery (Port Ellery)
L Limewharf Group Practice
"""

GIVEN_NAMES = """
Abiola Adam Aisha Alasdair Alicja Amara Anil Anneliese Arjun Beatrice Bethan Brendan Bronwen Camilla Carys Chidi
Christopher Ciara Claudia Colin Cornelius Danuta Daniel Deborah Dilys Donal Edith Eleri Elspeth Emeka Esther Farah
Fergus Fiona Folasade Gareth Geraldine Graham Grażyna Gurpreet Hamza Harriet Helena Hugh Ifeoma Imran Ingrid Isobel
Jacqueline Jasmine Jean-Luc Jermaine Joanna Joyce Kamala Karen Keith Khadija Kwame Leonora Liam Lucinda Magnus
Malgorzata Marcus Margaret Meera Michael Mohammed Morag Natasha Neil Ngozi Niamh Nicholas Nirmala Oluwaseun Oonagh
Patience Patrick Paulette Petra Philippa Priya Rachel Rashid Rebecca Rhys Rosalind Rukhsana Ruth Samina Sanjay Seán
Sheila Siân Simon Sunita Tariq Thandiwe Theresa Thomas Tomasz Ursula Valerie Vikram Wei Winifred Yasmin Yusuf Zoë
"""

FAMILY_NAMES = """
Abernathy Achebe Adeyemi Ahmed Akhtar Alderson Ambrose Appiah Arkwright Asante Aziz Babatunde Bainbridge Banerjee
Barraclough Begum Bevan Bhatt Birtwistle Blenkinsop Bosworth Braithwaite Brzezinski Cadwallader Calloway Cheung Chopra
Clitheroe Cobham Costigan Cradock Dalgleish Davenport Delacroix Desai Dhillon Doherty Drinkwater Ebanks Edgeworth
Egerton Ekwueme Entwistle Fairclough Farooqi Fernandes Fitzgibbon Fothergill Gallagher Garside Ghosh Gill Goldsworthy
Grewal Haddad Hakimi Hargreaves Hathersage Heptonstall Hossain Hughes-Pryce Hussain Ibrahim Igwe Inglethorpe Iyer
Jankowska Jellicoe Kaczmarek Kapoor Kariuki Kavanagh Khan Kirkbride Kowalczyk Lambert Lavelle Leadbetter Lindqvist
Llewellyn Longbottom Mackintosh Mahmood Mandelstam Marchbanks McAllister Mensah Mistry Molyneux Mukherjee Mwangi
Nakamura Nettleship Nguyen Nkosi Nowak Nwosu O'Callaghan O'Dowd Ogunleye Okafor Okonkwo Olatunji Ormerod Osei Outhwaite
Papadopoulos Parekh Patel Pemberton Penhaligon Pickersgill Quarshie Quigley Rahman Rajaratnam Ramsbottom Ravenhill
Redfearn Rowbotham Sandhu Satterthwaite Sedgwick Shah Sidebottom Singh Siddiqui Sowerby Stanisław-Reed Szymański
Tattersall Thistlethwaite Thwaite Trelawney Ugwu Umarji Vasquez Venkataraman Wadsworth Weatherall Whitworth Winstanley
Wojcik Wolstenholme Wright Wu Yeboah Yilmaz Youngman Zafar Zielińska
"""
