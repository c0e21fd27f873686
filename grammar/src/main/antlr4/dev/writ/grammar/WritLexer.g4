/*
 * The tokens of permission rules. A line end is a token, for one line is one rule; what is not a keyword, a text in quotes or
 * a comment is a word up to the next space, so that a wrong SPIFFE ID is one thing to underline.
 */
lexer grammar WritLexer;

NEWLINE : '\r'? '\n' | '\r' ;
SPACE : [ \t]+ -> skip ;
COMMENT : '#' ~[\r\n]* -> skip ;

ALLOW : 'allow' ;
DENY : 'deny' ;
SHADOW_DENY : 'shadow-deny' ;
PREFIX : 'prefix' ;
WORKLOADS : 'workloads' ;
TO : 'to' ;

SPIFFE_ID : 'spiffe:' ~[ \t\r\n"]* ;
STRING : '"' ~["\r\n]* '"' ;
UNCLOSED_STRING : '"' ~["\r\n]* ;
WORD : ~[ \t\r\n"#] ~[ \t\r\n"]* ;
