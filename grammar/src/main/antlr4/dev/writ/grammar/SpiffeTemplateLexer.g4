/*
 * The tokens of a SPIFFE ID template, as Go's text/template/parse/lex.go cuts them: text up to the first two braces,
 * then an action in which spaces separate arguments and a minus beside a space trims the text on that side.
 *
 * Every character belongs to some token, so that what is wrong is said by the parser with its place.
 */
lexer grammar SpiffeTemplateLexer;

// Go looks for the comment right behind the braces, or behind one trim marker and its one space.
COMMENT_OPEN_TRIM : '{{-' SPACE_CHARACTER '/*' -> pushMode(COMMENT) ;
COMMENT_OPEN : '{{/*' -> pushMode(COMMENT) ;
OPEN_TRIM : '{{-' SPACE_CHARACTER -> pushMode(ACTION) ;
OPEN : '{{' -> pushMode(ACTION) ;
TEXT : ~'{'+ ;
BRACE : '{' -> type(TEXT) ;

fragment SPACE_CHARACTER : [ \t\r\n] ;

mode COMMENT ;

COMMENT_CLOSE : '*/}}' -> popMode ;
COMMENT_CLOSE_TRIM : '*/' SPACE_CHARACTER '-}}' -> popMode ;
// The comment ends and the action goes on, which Go refuses.
COMMENT_CUT : '*/' -> popMode, pushMode(ACTION) ;
COMMENT_TEXT : ~'*'+ ;
COMMENT_STAR : '*' -> type(COMMENT_TEXT) ;

mode ACTION ;

CLOSE : '}}' -> popMode ;
CLOSE_TRIM : SPACE_CHARACTER+ '-}}' -> popMode ;
SPACE : SPACE_CHARACTER+ ;

PIPE : '|' ;
LEFT_PAREN : '(' ;
RIGHT_PAREN : ')' ;

DOT : '.' ;
FIELD : '.' LETTER NAME_CHARACTER* ;
KEYWORD
    : 'if' | 'else' | 'end' | 'range' | 'with' | 'define' | 'block' | 'template' | 'break' | 'continue'
    ;
NAME : LETTER NAME_CHARACTER* ;
VARIABLE : '$' NAME_CHARACTER* ;

// As wide as Go's scanner reads; what Go then refuses is refused with the whole number underlined.
NUMBER : [+-]? '.'? [0-9] ( [eEpP] [+-] | NAME_CHARACTER | '.' )* ;
CHARACTER : '\'' ( ESCAPE | ~['\\\n] )* '\'' ;
STRING : '"' ( ESCAPE | ~["\\\n] )* '"' ;
RAW_STRING : '`' ~'`'* '`' ;

UNCLOSED_CHARACTER : '\'' ( ESCAPE | ~['\\\n] )* ;
UNCLOSED_STRING : '"' ( ESCAPE | ~["\\\n] )* ;
UNCLOSED_RAW_STRING : '`' ~'`'* ;

OTHER : . ;

fragment ESCAPE : '\\' ~'\n' ;
fragment LETTER : [\p{L}_] ;
fragment NAME_CHARACTER : [\p{L}\p{Nd}_] ;
