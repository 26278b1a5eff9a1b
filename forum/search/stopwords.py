"""Words so common in one language that a text is not found by them, folded as `analysis.fold` does."""

GERMAN = frozenset(
    "aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim bin"
    " bis bist da dabei damit dann das dass dein deine deinem deinen deiner deines dem den denn der des dessen deren"
    " dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einige"
    " einigen einmal er es etwas euch euer eure eurem euren eurer eures fuer gegen gewesen hab habe haben hat hatte"
    " hatten hattest hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja jede"
    " jedem jeden jeder jedes jene jenem jenen jener jenes jetzt kann kannst kein keine keinem keinen keiner keines"
    " koennen koennte man manche manchem manchen mancher manches mein meine meinem meinen meiner meines mich mir mit"
    " muss muesste musste nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner"
    " seines seit selbst sich sie sind so solche solchem solchen solcher solches soll sollte sondern sonst ueber um"
    " und uns unser unsere unserem unseren unserer unter viel vom von vor waehrend war waren was weil welche welchem"
    " welchen welcher welches wenn wer werde werden wie wieder will wir wird wirst wo wollen wollte wuerde wuerden zu"
    " zum zur zwar zwischen".split()
)
ENGLISH = frozenset(
    "a about above after again against all also am an and any are as at be because been before being below between"
    " both but by can cannot could did didnt do does doesnt doing dont down during each few for from further had has"
    " hasnt have having he her here hers herself him himself his how i if im in into is isnt it its itself ive just me"
    " more most my myself no nor not now of off on once only or other our ours ourselves out over own same she should"
    " so some such than that thats the their theirs them themselves then there these they this those through to too"
    " under until up very was wasnt we were what when where which while who whom why will with wont would you your"
    " yours yourself yourselves".split()
)
