"""What people are called before their names, or in place of them: Novelist Nora Vance, the producer.

No word here is a common first or last name, so that none is taken from a name.
"""

from __future__ import annotations

from scheduler.extract.lexicon._language import words

OCCUPATIONS = words("""
    academic accountant activist actor actress admiral adviser advisor advocate aide all-rounder analyst
    announcer anthropologist apprentice arborist archaeologist architect artist assemblyman
    assemblywoman astronaut astronomer astrophysicist athlete attorney author backbencher bandleader
    banker barrister bassist batsman beekeeper billionaire biochemist biographer biologist blogger
    bookseller boss bowler boxer brewer broadcaster broker builder bureaucrat businessman businesswoman
    campaigner candidate captain cardiologist caretaker cartoonist catcher cellist centre-back
    centre-half challenger chaplain chef chemist chief choreographer cinematographer climatologist
    clinician co-author co-chair co-driver co-founder co-host co-lead co-owner co-star coach columnist
    comedian commentator composer conservationist consultant contractor coordinator cornerback coroner
    correspondent cosmochemist cosmologist councillor counsel counselor creator cricketer critic crooner
    curator customer cyclist dancer daughter defender demographer dentist deputy dermatologist designer
    detective developer dietitian diplomat director dissident doctor driver drummer ecologist economist
    editor educator electrician employee engineer entomologist entrepreneur epidemiologist essayist ethicist
    ex-minister ex-president executive expert eyewitness farmer father father-in-law fiddler fighter
    filmmaker financier firefighter fisherman florist foreman founder friend frontman frontwoman
    fullback fundraiser gardener geneticist geographer geologist geophysicist goalie goalkeeper
    goalscorer golfer governor graduate grandfather grandmother grocer guitarist gymnast headteacher
    historian homeowner hostess husband hydrologist illustrator immunologist incumbent industrialist
    insider inspector instructor interpreter inventor investigator investor janitor jeweller jockey
    journalist juror keeper landlord lawmaker lawyer lecturer legislator lexicographer librarian
    lieutenant linebacker linguist lobbyist loyalist lyricist magician magistrate manager marathoner
    mathematician mayor mechanic microbiologist midfielder midwife millionaire minister moderator mother
    mother-in-law mountaineer musician musicologist mycologist naturalist negotiator neighbor neighbour
    neurologist neuroscientist newcomer newsreader novelist nurse nutritionist obstetrician
    oceanographer officer official oncologist operator organiser organizer ornithologist orthodontist
    owner paediatrician palaeontologist paleontologist paramedic parishioner passenger pathologist
    patient pediatrician percussionist performer pharmacist philanthropist philosopher photographer
    photojournalist physician physicist physiologist physiotherapist pianist pilot pitcher planner
    playmaker playwright plumber poet policeman policewoman politician pollster postdoc postmaster
    presenter president principal producer professor programmer promoter proprietor prosecutor protester
    psychiatrist psychologist publicist publisher pundit quarterback racer radiologist rancher rapper
    realtor rector referee regulator researcher resident restaurateur retiree reviewer rider rival rower
    runner runner-up saxophonist scholar scientist screenwriter sculptor secretary seismologist senator
    sergeant sheriff shopkeeper shortstop showrunner singer singer-songwriter skier skipper sociologist
    soldier solicitor songwriter soprano spokesman spokesperson spokeswoman sprinter statistician
    stockbroker strategist striker student stylist subcontractor substitute suffragist superintendent
    supervisor surgeon survivor suspect swimmer teacher teammate technician technologist teenager tenor
    theologian therapist trainer translator treasurer trombonist trumpeter tutor undergraduate
    undersecretary urologist vendor veteran veterinarian vicar vice-chair vice-president victim
    violinist virologist vocalist volcanologist volunteer waiter waitress whistleblower wicketkeeper
    widow widower winemaker winger witness wrestler writer youngster zoologist
""")
