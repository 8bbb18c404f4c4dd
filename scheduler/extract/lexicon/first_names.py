"""Common first names, to tell a person's sex. Names that men and women share are in neither list."""

from __future__ import annotations

from scheduler.extract.lexicon._language import words

MALE = words("""
    aaron abdul abdullah abel abraham adam adolfo adrian ahmad ahmed aidan akira al alain alan albert
    alberto aldo alec alejandro alessandro alexander alexandre alexei alf alfonso alfred alfredo ali
    alistair allan allen alonso alvaro alvin amadou amir amit anders andre andreas andrei andres andrew
    andrzej andy angelo angus anil anthony antoine anton antonio antony archie armando arnold arthur arturo
    arun asif austin axel barack barry bart bashar bastian ben benedict benedikt benjamin bernard bernardo
    bernd bernie bert bertrand bill billy bjorn björn bo bob bobby boris brad bradley brandon brendan brent
    brett brian bruce bruno bryan burt byron caleb callum calvin carl carlo carlos cesar chad charles
    charlie chester chris christian christoph christophe christopher chuck clarence claude claudio claus
    clayton clement cliff clifford clint clive clyde colin connor conor conrad cory craig curt curtis cyril
    cyrus damian damien damon dan daniel daniele danny dante darius darrell darren dave david davide dean
    dennis derek desmond devin dexter didier diego dieter dirk dmitri dmitry dominic dominik don donald doug
    douglas duane duncan dustin dwayne dwight dylan earl ed eddie edgar edmund eduardo edward edwin efraim
    egon elias elijah elliot elliott elmer elon emanuel emil emile emilio emmanuel enrico enrique eric erich
    erik ernest ernesto ernst errol erwin esteban ethan eugene evan ezra fabian fabio fabrice felipe felix
    ferdinand fernando fidel filip finn florian floyd francesco francisco franco francois frank franz
    françois fred freddie frederic frederick fredrik friedrich fritz gabriel gareth garrett garry gary gavin
    gene geoff geoffrey georg george georges gerald gerard gerardo gerhard gianluca gilbert gilles giorgio
    giovanni giulio giuseppe glen glenn gordon graham grant greg gregg gregor gregory guido guillaume
    guillermo gunnar gunther gus gustav gustavo guy hamish hamza hank hannes hans harald harold harris harry
    harvey hassan hector heinrich heinz helmut hendrik henri henrik henry herbert herman hermann hideo
    hiroshi horst howard hubert hugh hugo humberto ian ibrahim ignacio igor ilya imran isaac isaiah ismail
    ivan jack jackson jacob jacques jake jakob jamal james jared jarvis jason javier jay jeb jeff jefferson
    jeffery jeffrey jens jeremiah jeremy jeroen jerome jerry jesse jesus jim jimmy jiri joachim joao joaquin
    jochen joe joel joerg johan johannes john johnny jon jonas jonathan joost jordi jorge jose josef joseph
    josh joshua josé juan julian julien julio jun jurgen justin jörg jürgen kaito kamal karim karl kees
    keith ken kenji kenneth kent kevin khalid kirk klaus knut konrad konstantin kristian kurt kyle lamar
    lance larry lars laurent lawrence leif len lenny leo leon leonard leonardo leopold leroy lester lewis
    liam lionel lloyd logan lorenzo lou louis luc luca lucas luigi luis lukas luke luther maarten magnus
    mahmoud malcolm manfred manuel marc marcel marcelo marco marcos marcus mario marius mark markus marlon
    marshall martin marvin mason massimo mateo mathias mathieu mats matt matteo matthew matthias mattias
    maurice mauricio max maximilian melvin michael michal michel mick miguel mikael mike mikhail milan miles
    milton mitch mitchell mohamed mohammad mohammed moritz morris morten moses muhammad murray mustafa naoki
    narendra nasser nathan nathaniel neal ned neil nelson nicholas nick nico nicolas niels nigel nikolai
    nikolaus nils noah nolan norbert norman olaf oleg oliver olivier omar orlando oscar oskar osman otto
    owen pablo paddy paolo pascal patrick paul paulo pavel pedro per pete peter petr phil philip philipp
    philippe phillip pierre piers piet pietro piotr prakash rafael rahul raj rajesh ralf ralph ramon randall
    randy raphael rashid raul ravi ray raymond reggie reinhard remi rex ricardo richard rick ricky rob
    robert roberto rodney rodrigo rogelio roger roland rolf roman ron ronald ronnie rory ross roy ruben
    rudolf rudolph rudy rufus rupert russ russell ryan sadiq salman salvador salvatore sam sami samir samuel
    sanjay santiago saul scott sean sebastian serge sergei sergey sergio seth shaun shawn sid simon stan
    stanislav stanley stefan stefano steffen stephan stephane stephen sterling steve steven stewart stuart
    sunil sven tadashi takashi takeshi tariq ted terence terrence theo theodore thiago thomas thorsten tim
    timo timothy tobias toby todd tom tomas tommaso tommy toni tony torsten travis trent trevor tristan troy
    tyler tyrone udo ulf ulrich umberto uwe valentin vernon vic victor vijay viktor vince vincent vincenzo
    virgil vittorio vivek vlad vladimir volker volodymyr wade wallace walt walter warren wayne wendell
    werner wesley wilbur wilfried wilhelm will willem william willie willy wim winston wolf wolfgang woodrow
    xavier yannick yasser yuri yusuf yves zach zachary zane zoltan
""")

FEMALE = words("""
    april june abby abigail ada adela adele adriana agata agatha agnes agnieszka aida aileen aimee aisha
    akiko alana alba alejandra alessandra alexa alexandra alexandria alice alicia alina aline alisa alison
    allison alma althea alyssa amalia amanda amara amber amelia amelie amina amira amparo amy ana anastasia
    anaïs andrea angela angelica angelina angie anika anita anja ann anna annabel anne annegret anneliese
    annette annie annika antje antonella antonia anya aparna ariana ariane arlene ashley asma astrid audrey
    aurelia aurelie aurora ava ayesha barbara beate beatrice beatrix beatriz becky belinda bella bernadette
    bernice bertha bess beth bethany betsy bettina betty beverly bianca birgit bonnie brenda bridget
    brigitte britney britta brittany brooke camila camilla camille candace candice cara carina carla carly
    carmen carol carole carolin carolina caroline carolyn carrie cassandra cassie caterina catherine cathy
    cecile cecilia celeste celia celine chantal charlene charlotte chelsea cher cheryl chiara chloe christa
    christiane christie christina christine cindy claire clara clare clarissa claudia claudine clemence
    colette colleen condoleezza connie constance consuelo cora coretta corinna corinne cornelia courtney
    cristina crystal cynthia dagmar daisy daniela danielle daphne daria darlene dawn deanna debbie deborah
    debra deirdre delia denise diana diane dianne dina dolores donna dora doreen doris dorothea dorothy
    edith edna eileen elaine eleanor elena eleni elin elisa elisabeth elise eliza elizabeth ella elle ellen
    eloise elsa elsie elvira emilia emilie emily emma erica erika erin ernestine esmeralda estelle esther
    ethel eugenia eva eve evelyn fabienne faith fatima fatma felicia felicity fernanda fiona flora florence
    frances francesca francine franziska françoise freda frederica freya frida frieda gabriela gabriele
    gabriella gabrielle gail gemma genevieve georgia georgina geraldine gerda gertrude gina giorgia giovanna
    gisela gisele giulia gladys glenda gloria grace graciela greta gretchen guadalupe gudrun gwen gwendolyn
    hanna hannah hannelore harriet hazel heather hedwig heidi heike helen helena helene helga henrietta
    hermine hilary hilda hillary huma ida ilona ilse imogen ina indira ines inge ingeborg ingrid irena irene
    irina iris irma isabel isabella isabelle ivana ivanka ivy jacinda jacqueline jana jane janet janice
    janine jasmin jasmine jeanette jeanne jelena jenna jennie jennifer jenny jessica jill jo joan joanna
    joanne jocelyn jodie johanna josefina josephine joy joyce juanita judith judy julia juliana juliane
    julie juliet juliette june jutta kaja kamala karen karin karina karla karolina katarina kate katerina
    katharina katharine katherine kathleen kathryn kathy katie katja katrin kayla keiko kelly kellyanne
    kerstin kiara kimberly kirsten kirstin kristen kristin kristina kristine kyoko lakshmi lana lara latoya
    laura lauren laurie lavinia layla lea leah leila lena lenore leona leonie leonor leticia lidia liesel
    lila lili lilian liliana lilly lily lina linda lindsay lindsey lisa lise liz liza lizzie lois lola lora
    loretta lori lorraine lotte lottie louisa louise lourdes lucia luciana lucie lucille lucinda lucy
    ludmila luisa luise lupita lydia lynda lynn lynne mabel madeleine madeline madison magda magdalena
    maggie mai malala mandy manuela mara marcela marcia margaret margarete margarita margot marguerite maria
    mariam marian mariana marianne marie mariko marilyn marina marine marisa marisol marissa marit marjorie
    marlene marta martha martina mary maryam marys mathilde matilda maud maureen maxine maya meg megan megyn
    mei melania melanie melinda melissa mercedes meredith mia michaela michelle michiko mildred millicent
    mimi mina miranda miriam mitzi moira mollie molly mona monica monika monique muriel myra myriam myrtle
    nadia nadine nadja nancy naomi natalia natalie natasha nathalie nell nellie nicole nikki nina noelle
    noemi nora noreen norma octavia odette olga olive olivia olympia ophelia oprah paige pam pamela paola
    patricia patsy patti paula paulette paulina pauline pearl peggy penelope penny petra philippa phoebe
    phyllis pia pilar polly pooja priscilla priya rachel ramona raquel rebecca regina regine renata renate
    renee rhonda ricarda rita roberta rocio romy rosa rosalie rosalind rosario rose rosemary rosie rosita
    roxanne ruby ruth sabina sabine sabrina sadie sally salma samantha samira sandra sara sarah saskia
    savannah scarlett selena selina serena shannon sharon sheila shelley sheryl shirley sian sibylle sigrid
    silke silvia simona simone sinead siobhan sofia sofie soledad solveig sonia sonja sonya sophia sophie
    soraya stacey stacy stefanie stella stephanie sue sunita susan susana susanna susanne susie suzanne suzy
    svenja svetlana sybil sylvia sylvie tabitha tamara tamika tania tanja tanya tara tatiana teresa tess
    tessa thea thelma theresa therese tiffany tilda tina toya tracey tracy trisha trudy tulsi ulla ulrike
    uma ursula ute valentina valeria valerie vanessa vera verena veronica victoria viola violet virginia
    vivian viviane vivien wanda wendy wilhelmina wilma winifred winona xenia yasmin yasmine yoko yolanda
    yuki yulia yvette yvonne zara zelda zoe zoë zsofia
""")
