"""Common first names, to tell a person's sex, without accents. Names that men and women share are in neither list."""

from __future__ import annotations

from scheduler.extract.lexicon._language import words

MALE = words("""
    aad aaron abbas abdallah abdi abdul abdullah abel abhijit abhishek abraham abubakar adam adel aditya
    adnan adolfo adriaan adrian afonso agustin ahmad ahmed ahmet aidan ajay akash akbar ake akio akira
    akshay al alain alan alasdair albert alberto aldo alec aled alejandro aleksandar aleksandr aleksey
    alessandro alexander alexandre alexei alexey alexis alf alfonso alfred alfredo ali ali-reza alireza
    alistair aliyu allan allen alonso alun alvaro alvin amadou amartya amin amir amit amitabh amos anand
    anatoly anders andre andreas andrei andres andrew andrey andrzej andy angelo angus anibal anil
    aniruddha anirudh ankit anthony antoine anton antonino antonio antonis antony anurag anwar arash
    archer archie arif arjen arjun arkady armand armando armindo arne arnold arthur artur arturo artyom
    arun arvid arvind aryan asad asbjorn asger asher ashish ashok ashraf asif asmund atsushi attila atul
    augusto aurelien aurelio austin axel ayman aziz babatunde badr balaji balazs baltasar baptiste
    barack barasa barry bart bas bashar bastian bautista behrouz ben bence benedict benedikt bengt
    benicio benjamin bennett benoit beppe bernard bernardo bernd bernie bert bertrand bharat bijan bilal
    bill billy birger bjarne bjorn bo bob bobby bogdan bohumil bongani boris borje brad bradley bram
    brandon branko brendan brennan brent brett brian brody bruce bruno bryan bryce bryson buddy burak
    burt butch byron caetano caleb callum calvin camilo carl carlo carlos carmine carsten casper catalin
    cathal cedric cees cem cengiz cesar chad chandra charles charlie chester chet chidi chinedu chris
    christer christian christoph christophe christopher christos chuck cian ciaran ciro claes clarence
    claude claudio claus clayton clement cletus cliff clifford clifton clint clive clyde colby cole
    colin connor conor conrad cooper cornelius cortez cory cosimo craig cristian cristobal curt curtis
    cyril cyrille cyrus daan dafydd dag daichi daiki daisuke damian damien damon dan daniel danny dante
    daoud dario darius dariush darko darnell darrell darren darryl darshan daryl dashawn dave david
    davide davis dean deandre deangelo debashish declan deepak dejan dejuan delbert dele demarcus
    demetrius denis dennis denzel deon derek dermot desean deshawn desmond detlef devendra devin devon
    devonte dewayne dexter diarmuid dickie didier diego dieter dietmar dimitrios dimitris dinesh dirk
    dmitri dmitry dmytro dominic dominik dominique don donal donald donato dorian doug douglas dragan
    duane duarte dumitru duncan dusan dustin dwayne dwight dylan eamon earl earnest eberhard ebrahim
    eckart eckhard ed eddie edgar edmund edoardo edouard edson eduardo edward edwin eero efraim efrain
    egbert egidio egon ehsan eiji einar eirik ekkehard eldon elgin elias elie elijah elio eliseo elisha
    elliot elliott elmer elon emanuel emeka emil emile emiliano emilio emmanuel emmett emmitt emre emyr
    enea engelbert ennio enoch enrico enrique enzo eoin ephraim ercan eric erich erik ermanno ernest
    ernesto ernst errol erwin esa eskil eskild espen esteban ethan etienne ettore euan eugene eusebio
    evan evangelos evaristo evgeny ewald ewan ezequiel ezio ezra fabian fabien fabio fabrice fabricio
    facundo fadi fahad faisal falk farai farhad farid faris farouk fausto fawaz federico felipe felix
    femi ferdi ferdinand ferenc fergal fergus fermin fernand fernando fernao fidel filip filippo finbar
    finlay finn flavio flemming florent florian florin floyd francesco francis francisco franco francois
    francois-xavier frank franz fred freddie frederic frederick fredrik frieder friedhelm friedrich
    frits fritz frode fumio furio gabe gabor gabriel gael gaetan gaetano ganesh gareth garrett garry
    gary gaspar gaston gaurav gaute gavin geert geir genaro gene gennady gennaro geoff geoffrey georg
    george georges georgios geraint gerald geraldo gerard gerardo gerd gerhard german gernot geronimo
    gerrit gerry gethin ghassan gheorghe giacomo giancarlo gianfranco gianluca gianluigi gianni giannis
    gianpaolo gideon gijs gilbert gilberto giles gilles gino gioacchino giordano giorgio giorgos
    giovanni girish giulio giuseppe glen glenn goncalo gonzalo gopal goran gordon gorm goro gottfried
    gotz govind graham grant greg gregg gregor gregorio gregory guenter guenther guglielmo guido
    guilherme guillaume guillermo gunnar gunter gunther gus gustav gustavo guus guy gyorgy haakon habib
    hadi haider haitham hajime hakan hakim hakon hal halvard hamad hamdi hamid hamish hamisi hamza hank
    hannes hannu hans hans-dieter hans-georg hans-joachim hans-jurgen hans-peter harald harish harlan
    harold harri harris harry hartmut haruki harun haruto harvey hasan hassan hatem hector heikki heiko
    heiner heinrich heinz heitor helder helio helmut hemant hendrik henk henning henri henrik henrique
    henry herbert heribert herman hermann hernan herschel herve hidde hideki hideo hilario hilmar
    hinrich hiram hiroki hiromi hiroshi hiroyuki holger homer honore hooman horacio horst houman howard
    hubert hubie hugh hugo humberto husain hussain hussein huw hywel iacopo iain ian ibrahim idris ieuan
    ifeanyi ignacio ignazio igor ihor iker ilario ilya imad imran imre imtiaz inaki ingemar ingmar ingo
    ingvar inigo ioannis ion iraj irfan isaac isaiah isamu isao isidro ismail issam istvan italo ivan
    ivano ivar ivica iwan jaap jacek jacinto jack jackson jacob jacopo jacques jaden jagdish jaime jair
    jake jakob jakub jalal jalen jamaal jamal jamar jamarcus jamel james jameson jamil jan jan-erik
    jan-willem jannik jannis janos janusz jared jarek jari jarl jarmo jaroslav jaroslaw jarrett jarrod
    jarvis jason jasper jatin javad javier jaxon jay jayant jayden jaylen jean-baptiste jean-claude
    jean-francois jean-jacques jean-louis jean-luc jean-marc jean-marie jean-michel jean-paul
    jean-philippe jean-pierre jean-yves jeb jed jedediah jeff jefferson jeffery jeffrey jelle jens
    jeremiah jeremie jeremy jermaine jerod jeroen jerome jeronimo jerry jesper jess jesse jesus jethro
    jim jim-bob jimmy jiri jiro joachim joao joaquim joaquin joar jochen joe joel joerg johan johannes
    john johnny jomo jon jonah jonas jonathan joop joost jordi jorel jorg jorge jorgen joris jorma jos
    joscha jose josef joseph josh joshua josiah josip jouni jozsef juan jud judd judson juha juhani
    jukka julian julien julio julius juma jun junaid junichi junichiro juraj jurgen justin kai kailash
    kaito kalle kamal kamau kapil karan kareem karel kari karim karl karl-heinz karlheinz karsten
    karthik kartik kashif kasper kaveh kazimierz kazuki kazuo keaton keenan kees kei keisuke keith
    kelechi kemal ken kendrick kenichi kenji kenneth kenny kent kenta kerem kevin khaled khalid kian kip
    kipchoge kirk kishore kiyoshi kjell klas klaus klaus-dieter knud knut kobe koen kofi koichi koji
    konrad konstantin konstantinos korbinian kostas kota krishna kristian kristoffer krzysztof kumar
    kunle kuno kurt kurtis kwame kwesi kyle kyler kylian lachlan lakshman lalit lamar lambert lance
    larry lars lars-erik lasse laszlo laurent lavon lawrence lazaro leandro lebron lech leif leland
    lemuel len lennart lenny leo leon leonard leonardo leone leonel leonid leonzio leopold leroy leshawn
    lester leszek levi levin lewis liam lino linus lionel lisandro livio liviu lloyd lodewijk logan loic
    lonnie lorcan lorenzo loris lorne lothar lou louis lubomir luc luca lucas lucian luciano ludger
    ludovic ludwig luigi luis luka lukas lukasz luke luther lutz lwazi maarten macario maciej mads magne
    magnus mahdi mahesh mahmoud maik majid makoto maksim malachi malcolm malik malte mandla manfred
    manish manlio manoj mansour manuel marc marcel marcelo marcial marcin marcio marco marcos marcus
    marek mariano marin mario marius mariusz mark marko markus marlon marques marquis marshall marten
    martin marvin marwan masahiro masaru masashi masato mason masoud massimo matej mateo mateusz mathias
    mathieu matias mats matt matteo matthew matthias matti mattia mattias maurice mauricio maurizio
    mauro max maxence maxim maxime maximilian maximiliano mazen mehdi mehmet mehrdad meinhard mekhi
    melchor melvin menno mervin micah michael michal micheal michel michelangelo michi mick mickael
    miguel mihai mikael mike mikhail mikkel mikko miklos mikolaj milan miles milos milton mirco mirko
    miroslav mitch mitchell mitsuo mogens mohamad mohamed mohammad mohammed mohan mohsen moises monty
    mordecai moritz morris morten morteza mortimer moses mounir moussa muhammad mukesh munir murat
    murilo murray musa mustafa mustapha mwangi mykhailo mykola myles myron nabil nadeem nadim nahuel
    naim nandan naoki narendra nasser nate nathan nathaniel naveed naveen nawaz nazario neal nebojsa ned
    neeraj nehemiah neil nello nelson nenad nestor newt ngugi niall nicanor niccolo nicholas nick nico
    nicola nicolae nicolas nicolo niek niels nigel nikhil nikola nikolai nikolaus nikos nilesh nils nima
    nino nitin nizar nnamdi noah nobuo noel nolan norbert norberto norman novak nuno nunzio obinna
    octave octavio oisin okan ola olaf olav oleg oleh oleksandr oleksiy oliver olivier olle olof
    oluwaseun omar omer omid ondrej onur oren oreste orhan orjan orlando osama osamu oscar oskar osman
    osvaldo otavio otieno otmar ottavio ottmar otto ottokar ove owain owen oystein paavo pablo paddy
    padraig panagiotis pankaj paolo parth pascal pasquale patricio patrick paul paul-henri paulo pavel
    pavlo pavol pawel pedro pekka pelle per petar pete peter petr petro petter phil philip philipp
    philippe phillip pierangelo pierluigi pierpaolo pierre pierre-yves piers piet pieter pietro piotr
    pippo piyush porfirio poul pouya pradeep prakash pranav prashant pratap praveen preben predrag
    primitivo przemyslaw qasim quentin radek radoslaw radu rafa rafael rafal raffaele rafiq raheem rahul
    raimundo rainer raj rajan rajat rajeev rajendra rajesh rajiv rakesh ralf ralph ralph-jurgen raman
    ramesh rami ramin ramiro ramon ramzi randall randy ranjit raphael rashad rashaun rashid rasmus raul
    ravi ravindra ray raymond recep reggie reginald regis reiner reinhard reinhold reinier remi remo
    remy renan renato rene renzo reto reuben rex reynaldo reza rhett rhys riad ricardo riccardo richard
    rick ricky rigoberto rik rishi risto ritesh riyad roald rob robert roberto roch rod roddy roderick
    rodger rodney rodolfo rodrick rodrigo roel rogelio roger rogerio rohan rohit roland rolf romain
    roman romeo romolo romulo ron ronald ronnie rory roscoe rosendo ross roy ruairi ruaridh ruben
    rudiger rudolf rudolph rudy rufus ruggero rui rune rupert ruprecht rurik ruslan russ russell rutger
    ruud ryan ryo ryota ryszard saad sachin sadiq saeed salah salim salman salvador salvatore sam sameer
    samer sami samir sammy samuel samuli sandeep sandor sandrino sandro sanford sanjay sanjeev santiago
    santosh sasan satish satoru satoshi satya saul saurabh saverio sayed scott scottie seamus sean
    sebastian sebastien segun seiji selim sepp serge sergei sergey sergio serhiy serkan seth severin
    shadi shahid shahin shane shankar shaquille sharif shashi shaun shawn shekhar sheldon shigeru shinji
    shinzo shiv sho shoaib shohei shota shuji shun siavash sid siddharth siegfried siegmar sigmar sigurd
    silas silvan silvano silvestre silvio simen simon sipho sizwe sjaak sjoerd slavko slawomir slobodan
    soheil sola sonke soren sorin sourav spencer spyros srinivas stale stan stanislav stanislaw stanley
    stavros stefan stefano steffen stefon stein steinar sten stephan stephane stephen sterling steve
    steven stewart stig stijn stjepan struan stuart subhash sudhir suhail suleiman sumit sundar sunil
    suraj suresh sushil susumu svein sven sven-erik sverre swapan swen sybren sylvain sylvester szymon
    tadashi tadeo tadeu tadeusz tadhg tafadzwa tage tahir taichi takahiro takashi takeshi takumi talon
    tamas tamer tanguy tanner tapio taras tarek tariq taro tarun tatsuya ted teemu tejas tendai teodoro
    terence terje terrance terrence tetsuya teun thabo thaddeus thanasis themba theo theodore theodoros
    thiago thibault thibaut thierry thijs thilo thomas thorben thorsten tiago tihomir tijmen tilo tim
    timo timothy timur titus tjark tjeerd tobiah tobias toby todd tolga tom tomas tomasz tommaso tommy
    toni tony torbjorn tord tore torkel torsten toru toshio tove-erik traian travis travon tremaine
    trent trenton trevor trey tristan trond troy truman tryggve trygve tsuyoshi tunde tyler tyree tyrell
    tyrese tyrone uche uday udo ugo ulf ulises ulrich ulysses umar umberto umesh urs usman uwe vaclav
    vadim valdir valentin valerio valeriu valery vasco vasile vasilis vasily veit vernon viacheslav
    vianney vic vicente victor vidar viggo vijay vikas vikram viktor ville vinay vince vincent vincenzo
    vinicius vinnie vinod vipin viraj virgil vishal vishnu vitali vitaly vitor vittorio vivek vlad
    vladimir vladislav volkan volker volkmar volodymyr vuk vyacheslav wade wael waldemar waleed walid
    wallace walt walter warren wasim waylon wayne wendel wendelin wendell werner wesley wessel wiebe
    wieland wieslaw wigand wilbert wilbur wilfred wilfredo wilfrid wilfried wilhelm will willem william
    willie willy wilmer wim winfred winfried winston witold wojciech wolf wolf-dieter wolfgang wolfram
    woodrow wouter xabier xander xaver xavi xavier yahya yancy yanis yann yannick yannis yaroslav yash
    yasin yasser yassin yasuhiro yasuo yaw yevgeny yilmaz yngve ynze yogesh yoichi yoshihiro yoshio
    yosuke youssef yuji yukio yuri yuriy yusuf yusuke yuta yves yves-marie zacarias zach zachariah
    zachary zafar zaheer zahid zaid zakhar zander zane zayed zbigniew zdenek zdzislaw zeke zeljko ziad
    zlatko zoltan zoran zsolt zubair
""")

FEMALE = words("""
    aadhya aafke aarti abby abeer abena abeni abigail abimbola abir ada adaeze adalynn adaora addie
    adela adelaide adele adelheid adeline adeltje adelyn adenike adeola adesuwa aditi adjoa adriana
    adwoa afaf afia afua agata agatha agathe aglae agnes agnese agneta agnieszka ahlam aida aikaterini
    aileas aileen ailsa aimee aine ainsley aisha akane akanksha akemi akiko alana alanna alba albane
    alcina aldina aleida alejandra aleksandra alessandra alessia alevtina alexa alexandra alexandria
    alexia alia alice alicia alicja alida alina aline alisa alison alix alka alla allegra allie allison
    alma almudena alondra althea alva alya alyssa alzbeta amaka amal amalia amanda amandine amara
    amarachi amaya amber ambra amelia amelie amina aminata aminatou amira amiyah amna amparo amrei
    amrita amy ana ana-maria anabel anabela anabelle anaelle anais ananya anastasia anca andie andrea
    andree andreea aneta angela angele angelia angelica angeliki angelina angelique angie anica anika
    aniko anissa anita anja anjali anke ankita ann ann-christin ann-margaret ann-marie ann-sofie anna
    annabel annabelle annabeth annalisa annalise annamaria annarita anne anne-laure anne-lise anne-marie
    anne-sophie annegret annekathrin anneke anneli annelie anneliese annelise annemarie annemiek
    annemieke annett annette annick annie annika annunziata ansley antje antonella antonia antonietta
    antonina anuradha anuschka anushka anya anzhela aoife aparna april arabella araceli arantxa archana
    areej aretha ariana ariane arianna ariella arielle arlena arlene arlete armelle aruna asa asami ase
    asha ashanti ashild ashleigh ashley ashlyn ashwini asli asma asmaa assata assunta astri astrid asuka
    asuncion atefeh athina atsuko aubree aude audrey aurelia aurelie aurora aurore ava axelle aya ayaka
    ayako ayame ayanna ayesha ayla aylin ayse ayumi azadeh aziza azucena azzurra bahar barb barbara
    barbel barbie basma batoul beata beate beatrice beatrix beatriz becky begona belen belgin belinda
    bella benedetta benedicte benedita benita bep berengere berenice berit bernadette bernadine bernice
    bernita berta bertha bess beth bethan bethany betje betsy bettina betty bev beverly bhavana bianca
    bice biljana billie-jean birdie birgit birgitta birgitte birte bisi blanca blanche blandine blanka
    bodil bojana bolanle bonita bonnie bozena brandy branka branwen breanna bregje brenda breonna briana
    brianna brid bridget bridgette bridie brigida brigitta brigitte brit britney britt britt-marie
    britta brittany bronwen bronwyn brooke bruna brunhilde bryanna buchi burcu bushra callie camila
    camilla camille camryn canan candace candela candice candida candis caoimhe capucine cara caren
    caridad carina carla carlene carlijn carlota carlotta carly carmela carmen carol carola carolann
    carole carolin carolina caroline carolyn carrie carys casandra casilda cassandra cassandre cassie
    catalina catarina caterina catherine cathleen cathrine cathryn cathy catia catrin catriona cayetana
    cecile cecilia cecilie ceit celeste celia celina celine ceren chanda chandrika chanel chantal charla
    charlene charlotte chasity chelo chelsea cher cheryl cheryl-ann chhaya chiamaka chiara chidinma chie
    chieko chihiro chika chikako chimamanda chinwe chioma chitra chiyo chiyoko chloe christa christal
    christel christelle christiane christie christin christina christine christl chrysa chrystal chus
    ciara cicely ciera cigdem cindy cinzia claire clara clare clarice clarissa clarisse claudia claudie
    claudine clelia clemence clemmie cleo clodagh clothilde clotilde coira colette coline colleen
    conceicao concetta concha conchita condoleezza connie consolacion consolata constance consuelo cora
    coralie cordula coretta corina corine corinna corinne cornelia corrie corrine cosette costanza
    courtney crina cristiana cristina crystal csilla cyndi cynthia cyrielle dagmar dagny daisy dalal
    dalia damla danae danica daniela daniele danielle danuta daphne dara daria darla darlene dawn dayna
    deana deanna deanne debbie debby debora deborah debra deepa deepika deidre deirbhle deirdre delia
    delilah delores delphine dena denice denise denisha deolinda dervla derya desiree despina devika
    diana diane dianna dianne dieuwertje dilek diletta dimitra dina dinah dionne divya doina dolly
    dolores domenica dominica donata donatella donna donna-marie doortje dora doreen doriana doris
    dorota dorothea dorothee dorothy dorte dottie dragana drusilla duaa dubravka dunja durga eabha
    earlene earnestine ebba ebru edelgard edeltraud edie edith edna edurne edwige edwina effie efua eiko
    eileen eilidh eilis eimear eira eirini eirlys eithne ekaterina ekua elaine elana elda eldbjorg
    eldora elea eleanor eleanora eleftheria elena eleni eleonora eleonore eleri elettra elfriede eliane
    elin elinor elisa elisabete elisabeth elisabeth-anne elisabetta elise eliza elizabeth elizaveta elke
    ella elle ellen elli ellie ellinor elodie eloisa eloise elpida els elsa elsbeth elsebeth elsie elske
    elspeth elva elvira elyse elyssa elzbieta eman emanuela embla emeline emer emi emiko emilia emilie
    emily emine emma emmanuelle emmeline emmi emmy emperatriz encarna encarnacion enid eniko enrica eri
    erica erika erin erma erminia erna ernestina ernestine ersilia erzsebet esmeralda esra essie
    estefania estella estelle ester esther eszter ethel etsuko eugenia eugenie eula eulalia eunice eva
    eva-lena eva-maria evangelia evangeline eve evelin evelina eveline evelyn evelyne evie ewa fabiana
    fabienne fabiola fabrizia fadia fadime fadwa faith faiza fannie fanny fanta farah farida farrah
    fatemeh faten fatima fatma fatou fatoumata faustine fauzia federica felecia felicia felicity femke
    fenella feride fernanda ffion fiamma figen filipa filomena fiona fionnuala fiorella fiorenza
    flaminia flavia flavie flo floortje flora florence florencia florentina flossie folake folasade
    franca frances francesca francine francisca francoise franka franziska frauke freda frederica
    frederique freya frida frieda friederike froukje froydis fulvia fumiko funda funmi funmilayo gabby
    gabi gabriela gabriele gabriella gabrielle gaby gaelle gaia gail galina gamze gauri gayle geertje
    geertruida geeta gelsomina gema gemma gena genevieve genoveva georgeta georgette georgia georgianna
    georgina geraldine gerda gerlinde germaine gerti gertrude gertrudis ghada ghislaine giesela gillian
    gina ginevra ginny gioia giorgia giovanna gisela gisele giselle gita gitta giuditta giulia giuliana
    giuseppina gizem gladys glenda glenna gloria gobnait goldie gonul gordana goril graca grace gracie
    graciela grainne grazia graziella grazyna greer greet greta gretchen grete gretel gro gry guadalupe
    gudny gudrun guillermina gul gulay gulsen gunda gundula gunhild gunilla gunn gunvor guri gussie gwen
    gwenaelle gwenda gwendoline gwendolyn gwenllian gwenola gwyneth gyorgyi habiba hadeel hadley hafsa
    hajar hala haley halima halina hallie hana hanako hanan hande hania hanin hanna hannah hanneke
    hannelore hannie harper harriet harriett haruka haruko harumi haruna hatice hatsuko hattie hayat
    hayley hazel heather heba hedda hedwig hege heide heidemarie heidi heidrun heike heledd heleen helen
    helena helene helga heloise hema hendrika henrietta henriette henrike hermine herta hertha hester
    hettie hiba hideko hilary hilda hilde hildegard hillary hilletje hillevi hiltrud hind hiroko hisako
    hitomi hjordis holly honoka honorine hortense hortensia huda huguette hulya huma iara ida idella
    idoia ifeoma ijeoma ilaria ildiko ileana ilona ilse iman imani imke immacolata imogen imogene ina
    inas indira indu ineke ines inez inga inge ingeborg ingelore inger ingrid ingrid-anne ingunn ingvild
    iniobong inka inmaculada inna insa intisar ioana ioanna iolanda iole iona ipek irena irene irina
    iris irma irmgard irmtraud isabel isabella isabelle isaura isaure isla isobel isolde isotta itziar
    iva ivana ivanka iveta ivette ivonne ivy iwona izabela jacinda jacinta jacinthe jacira jacklyn
    jaclyn jacoba jacomijn jacotte jacqueline jada jadranka jadwiga jaelyn jalisa jamila jana janae
    jandira jane janelle janessa janet janette janice janie janine janis janneke jannetje jannette
    jantien jaroslava jasmin jasmine jasmyn jasna jaya jayanti jaycee jayla jayne jazmin jazmine
    jeanette jeanine jeanne jeannie jeannine jelena jenifer jenna jennie jennifer jenny jeri jerrilyn
    jessica jet jette jihan jikke jill jillian jimena jitka jo jo-ann joan joana joann joanna joanne
    jocelyn jocelyne jodi jodie joelle joellen joetta johanna joke jolanda jolanthe joleen jolie jolijn
    joni jordyn jorunn josee josefa josefina josefine josephine josiane josie josien joslyn joukje
    jovita joy joyce juana juanita jucara judi judit judith judith-anne judy julia juliana juliane julie
    julienne juliet julieta juliette julissa jumana june junko jussara justina justine justyna jutta
    juultje jyoti jytte kaarina kadiatou kaelyn kaia kaija kaisa kaitlin kaitlyn kaja kalia kalliopi
    kalpana kamala kamila kamini kana kanako kanchan kandace kaori kaoruko kara kareena karen karin
    karina karine karissa karla karlijn karola karoliina karolina karuna kasia kasumi kata katalin
    katariina katarina katarzyna kate katelijne katelyn katelynn katerina kateryna katharina katharine
    kathe katherine kathi kathie kathleen kathrin kathryn kathy katie katja katrien katrin katya kavita
    kavitha kawthar kaye kayla kaylee kayleigh kayo kayoko kazuko keiko keisha kelli kellie kelly
    kellyanne kelsey kelsie keri kerri kerstin kerttu keshia khadija khadijah khloe kholoud kiana kiara
    kierra kiko kiley kimberlee kimberly kimiko kinga kinsley kira kirsi kirsten kirsti kirstie kirstin
    kirstine kirsty kiyoko kizzy kjersti kjerstin klaartje klavdia kolinda komal kordula kori kornelia
    krista kristal kristen kristi kristie kristin kristina kristine kristyn kriszta krisztina kritika
    krystal krystle krystyna ksenia kumiko kunigunde kyoko kyriaki lachelle lacramioara laetitia laila
    lakeisha lakisha lakshmi lalita lana laney laquita lara larisa larissa larysa lashawn lashonda
    latasha latifa latisha latonya latoya latrice laura laure laurel lauren laurene laurette laurie
    lavinia lavonne lawanda layla lea leah leann leanna leanne leeann leela leen leena leigha leila
    leire lela lena lene leni lenka lenore leocadia leona leonie leonilde leonor leonore leontien leota
    lerato lesa lessie lesya leta letha leticia letitia letizia lettie lexi lexie leyla leyli liane
    libby libuse lida lidia lidiya lieke liesbeth liesel lieselotte liesje lieve ligia lila lilah lili
    lilian liliana liliane lilith lill-babs lillian lillie lilly lilo lily lina linda lindiwe lindsay
    lindsey linn linnea lisa lisanne lisbet lisbeth lise lise-lotte liselotte lisette livia liz liza
    lizbeth lizette lizzie ljiljana ljubica loane loes lois lola lollie lonneke lora loraine lore
    loredana lorelei lorella lorena lorene loretta lori lorie lorna lorraine lotje lotta lotte lottie
    lou-ann lou-anne louane louella louisa louise lourdes lovie lovisa lowri luana lubna lubov lucero
    lucette lucia luciana lucie lucienne lucile lucille lucinda lucretia lucrezia lucy lucyna ludivine
    ludmila luella luigia luisa luise luisella luiza lula lulwa luminita lupe lupita lurleen luzia lydia
    lynda lynette lynn lynne lynnette lyubov lyudmila maaike maarit maartje mabel mabelle macarena
    machiko machteld madalena maddalena maddie madeleine madelief madeline madelyn madelynn madge
    madhavi madhu madhuri madison maelle maelys maeva maeve mafalda magali magalie magaly magda
    magdalena magdolna maggie maha mahnaz mai maia maike maiko mair maire mairead mairi maite maitreyi
    maj maj-britt maja makayla makena maki makiko malak malala malathi malgorzata malika malin malinda
    malini mallory mami mamie mamta manal manami mandy manisha manju manoli manon manuela mara
    maravillas marcela marcelina marcella marcia maren margaret margareta margarete margarida margarita
    margaux margery margherita margie margit margo margot margret margrethe margriet margrit marguerita
    marguerite mari maria mariagrazia mariah mariam mariama marian mariana mariangela marianna marianne
    marianne-anne marianthi mariarosaria mariastella mariatou maribel maricarmen maricela marie
    marie-anne marie-christine marie-claire marie-claude marie-france marie-francoise marie-helene
    marie-jose marie-laure marie-line marie-louise marie-noelle marie-paule marie-pierre marie-rose
    marie-therese marieke mariel mariella marietta mariette marija marijke mariko marilee marilena
    marilia marilu marilyn marilynn marina marine marinella mariola marisa marisela marisol marissa
    marit maritza mariya mariza marja marjan marjatta marjolaine marjolein marjolijn marjorie marjory
    marketa marla marlena marlene marlies marlis marloes marnie marsha marta martha martina martine
    martirio maruja marva mary marya maryam maryann maryanne marybeth marylou marys marzena masako
    masami masha mathilde matilda matilde mattie maud maura maureen mauricette mavis maxine maya
    maybelle mayra maysoon mayuko mayumi mazie mbali mckenna meagan mechthild meena meenakshi meera meg
    megan megha meghan megumi megyn mei meike meinir melania melanie melba melek melinda melisa melissa
    melitta mellie meltem melva menaka menna merce mercedes meredith merilyn merve meryem meryl mette
    mhairi mia micaela michaela michela michele micheline michelle michiko midori mie mieke mieko mies
    mihaela miho mijntje mika miki mikiko milagros mildred milena millicent millie miloslava mimi mina
    minako mindy minerva minke minnie mira miranda mireia mireille mirela mirella miren miriam mirjam
    mirjana miroslawa mirte mirthe misaki missy mitsuko mitzi miwa miyako miyuki mizuki moira mollie
    molly momoko mona monica monika monique montse montserrat morag morena morgane morven motoko mouna
    mridula mrinalini muffy muge muguette muireann mukta mumbi muna muriel murielle myfanwy myla mylene
    myra myriam myrna myrtice myrtle nabila nadege nadezda nadezhda nadia nadine nadja naela nagore
    nahed nahid najat najla najwa nalan naledi namrata nanako nancy nandi nandini nandita nanette nanna
    nannie naoko naomi naomie narges nargis nasrin nastya natalia natalie nataliia natalina natalya
    natasa natascha natasha nathalie natividad natsuki natsuko natsumi nawal nayla nazan nazanin nazli
    neda nedra neelam neeltje neena neeta neha nekane nelda nele nell nella nelle nelleke nellie nelly
    nerea nerys neslihan nesreen nesrin nessa nettie neusa neva nevaeh nevena ngozi nia niamh nichelle
    nichole nicole nicoletta nicolette nidhi nienke niki nikki nikole niloufar nina ninon nirmala nisha
    nita nivedita nives nkechi nneka noelle noemi noemie noirin nokuthula nola nomsa nomvula nomzamo
    nona nonhlanhla noor noora nora norah noreen noriko norma nour noura novella nozomi ntombi nuala
    nunzia nuray nuria nurten oana obiageli oceane octavia odalys oddny oddrun odete odette odile ofelia
    oksana olaia olena oleta olga olha olimpia olive olivia olubunmi oluchi olwen olympia ombeline
    omolara onyinye oonagh ophelia oprah oriane orietta orla orlaith orlane ornella orpha orra orsolya
    ortrud otilia ottilie ouida ozge ozlem padma paige paivi palesa pallavi palmira paloma pam pamela
    panagiota pandora paola paraskevi parthenia parul parvati parveen pascale pascuala patrica patricia
    patrina patrizia patrocinio patsy patti pattie paula paule paulene paulette paulina pauline pavla
    payal pearl pearlie peggie peggy pelin penelope penney penny pernille perrine petra philippa
    philomene phoebe phylicia phyllis pia piedade pien piera pierrette pietje pilar pinar piper pirjo
    pirkko piroska pleun polina polly pooja poonam prachi pramila preethi preeti prerna priscilla priti
    priya priyanka puja purificacion pushpa rabia rachael rachel rachelle rachna radha radhika radka
    radmila raegan rafaela raffaella raghad ragna ragnhild rahaf rahma raisa raja rajani rajni rakhi
    raluca ramona rana randi rania ranjana ranveig raquel rasha rashmi rawan raymonde razan reba rebeca
    rebecca rebekah reem reena refilwe regina regine reiko reina reingard reka rekha remedios renata
    renate renee renske renu renuka reshma reta revathi rhea rhian rhiannon rhoda rhona rhonda rhonwen
    ricarda richelle riddhi rie rieko riet riitta rika rikke riko rima rimma rina risa rita ritsuko ritu
    riya roberta robyn rochelle rocio rodica rohini roisin rola romane romina romy ronda roos roosmarijn
    rosa rosalba rosalee rosalia rosalie rosalind rosalinda rosalyn rosane rosangela rosanna rosanne
    rosaria rosario rosaura rose roseann roseanna roseanne roseline rosella roselyne rosemarie rosemary
    roser rosetta roshni rosi rosie rosina rosita roslyn rossana rossella roswitha rowena roxana roxane
    roxanne roxie roya ruba ruby rubye ruchi rufina rukmini rumiko rupa ruqayya rute ruth ruthann ruthie
    ruvimbo ruxandra ryann ryoko saar saara saba sabah sabina sabine sabra sabrina sachiko sade sadhana
    sadhbh sadie safa safiya sahar saima saki sakiko sakshi sakura salena sallie sally salma salome
    salwa samantha samar samira sana sanaa sanae sanda sandi sandra sangeeta saniya sanja sanna sanne
    santina saoirse sapna sara sarah sarai sarala saraswati sariah sarita sarka saroj sarra saskia
    satomi satu saumya saundra savannah savita savitri sawsan sayaka sayuri scarlet scarlett sebnem
    seema segolene selah selena selene selin selina selma sema semra senka seonaid sephora sepideh
    sequoia serap serena serenity setsuko severine sevgi sevim shabana shadia shaima shalini shana
    shanda shandra shanelle shania shanice shaniqua shanna shannon shanta shante shanti sharada sharla
    sharlene sharmila sharon sharonda sharron shauna shavon shawna shayla shayna shaza sheela sheena
    sheila sheilah shelba shelbie shelia shelley sheree shereen sheri sherin sherita sherri sherrie
    sherry sheryl shigeko shikha shilpa shirin shirlene shirley shizuka shizuko shoba shobha shona
    shonda shraddha shreya shruti shubha shweta shyamala sian sibel sibongile sibylle sidsel sieglinde
    sienna sietske sigbritt signe signy sigrid sigrun siham siiri sijtje sile silje silke silvana silvia
    silvie simona simone simonetta sindisiwe sine sinead siobhan sioned siri sirpa siv sixtine sjaantje
    skye slavica smaranda smita smriti sneha snezana snezhana sofia sofie soha sojourner solange
    solbritt soledad solene solfrid solveig somaya sona sonal sonali sonam sondra sonia sonja sonsoles
    sonya sookie sophia sophie soraya sorcha sorina souad sridevi stacey stacia stacy stanislawa starla
    stavroula stefania stefanie steffi stela stella stepanka stephani stephanie sterre stine stuti suad
    sudha sue suely suha sujata sumaya sumiko sumitra sunanda sunita sunitha sunniva supriya surabhi
    susan susana susann susanna susannah susanne susete sushma susie suus suzanna suzanne suze suzette
    suzy svanhild svenja svetlana svitlana swantje swapna swati sybil sydnee sylvaine sylvette sylvia
    sylviane sylvie sylwia synnove tabatha tabea tabitha tae taeko taghreed tahani tahmina taina taisia
    takako talia talitha tallulah tamara tameka tami tamia tamika tamiko tammi tammie tammy tandi
    tanesha tania tanisha taniya tanja tanvi tanya tara tarja taryn tasha tasia tatiana tatjana tatyana
    tawana taya tayla tecla teena tegwen telma tenisha teodora teofila tera teresa teresinha tereza teri
    terra terri tess tessa tessel tessie tetiana tetyana thais thalia thandeka thandi thandiwe thea
    thekla thelma theodora theresa therese theresia thomasina thorunn tia tiana tiara tierra tiffani
    tiffany tiina tijana tilda timothea tina tineke tiphaine tisha titilayo tiwa tiziana tjitske tomasa
    tomeka tomika tomiko tomoko tonia tonja tonya tora tori torill toshiko tove toya tracey tracy traudl
    traute treva tricia trijntje trina trine trinidad tripti trish trisha trista trixie trude trudy
    truus tsitsi tsuneko tuba tuija tulay tulsi turi turid tuula twila twyla tyesha tyra ulla ulrika
    ulrike uma umeko una unn urmila ursala ursel ursula ursule urszula uschi usha uta ute uzoamaka
    valentina valentine valentyna valeria valerie valeriya valorie vanda vandana vanesa vanessa vanetta
    vania vanna vannessa varsha vasiliki vasilisa vasudha vasundhara veena veerle velma vendula venessa
    venita vera verena verla verna vernice veronica veronique vesna vesta vibeke vibha vickey vicki
    vickie vicky victoire victoria vidya vigdis vijaya vikki vilma vimala vina vinita viola violaine
    violet violeta violette viorica virginia virginie visnja vitoria vittoria viveca vivi vivian viviana
    viviane vivien vladimira vonda vonnie vroni wafa wafaa wairimu waltraud waltraut wambui wanda
    wangari wangui wanjiru warda wava wenche wencke wendi wendy weronika widad wiebke wieke wieslawa
    wilda wilhelmenia wilhelmina wilhelmine willeke willemien willemijn wilma wiltrud winifred winnifred
    winona wynona xandra xenia ximena xiomara yaa yadira yaelle yaiza yamila yamini yana yanira yara
    yasemin yasmeen yasmin yasmine yasuko yayoi yekaterina yelena yeliz yesenia yetunde yevgenia yewande
    yfke yildiz ylva yoko yolanda yolande yoshie yoshiko yrsa ysabel ytje yui yuka yukari yuki yukiko
    yulia yulya yumi yumiko yuriko yusra yvette yvonne zahra zainab zaira zana zandra zanele zaneta zara
    zaynab zdenka zehra zeina zeinab zelda zelie zelma zena zenobia zeynep zhanna zinaida zodwa zoe
    zofia zoi zora zorica zoya zsofia zsuzsa zsuzsanna zulema zuri zuzana zuzanna
""")
