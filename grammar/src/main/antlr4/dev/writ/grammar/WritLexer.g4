/*
 * The tokens of Writ. A line end is a token, for an entry of a block stands on one line; what is not a keyword, a text in quotes
 * or a comment is a word up to the next space, so that a wrong SPIFFE ID is one thing to underline.
 *
 * Every character belongs to some token, so that what is wrong is said by the parser with its place.
 */
lexer grammar WritLexer;

channels { COMMENTS }

NEWLINE : '\r'? '\n' | '\r' ;
SPACE : [ \t]+ -> skip ;
COMMENT : '#' ~[\r\n]* -> channel(COMMENTS) ;

LEFT_BRACE : '{' ;
RIGHT_BRACE : '}' ;
COMMA : ',' ;
EQUALS : '=' ;

INCLUDE : 'include' ;
MESH : 'mesh' ;
ZONE : 'zone' ;
IDENTITY : 'identity' ;
TRUST : 'trust' ;
WORKLOAD : 'workload' ;
WORKLOADS : 'workloads' ;
GROUP : 'group' ;
PERMISSION : 'permission' ;

ON : 'on' ;
IN : 'in' ;
NAMESPACE : 'namespace' ;
WHERE : 'where' ;
AND : 'and' ;
BECAUSE : 'because' ;

ALLOW : 'allow' ;
DENY : 'deny' ;
SHADOW_DENY : 'shadow-deny' ;
PREFIX : 'prefix' ;
ANYONE : 'anyone' ;
TO : 'to' ;
SNI : 'sni' ;

ID : 'id' ;
ISSUE : 'issue' ;
BUNDLED : 'bundled' ;
SPIRE : 'spire' ;
EXTENSION : 'extension' ;
AUTOGENERATE : 'autogenerate' ;
SELF_SIGNED : 'self-signed' ;
NO_TRUST : 'no-trust' ;
EXPIRY : 'expiry' ;
TIMEOUT : 'timeout' ;
CERTIFICATE : 'certificate' ;
KEY : 'key' ;
FILE : 'file' ;
SECRET : 'secret' ;
ENV : 'env' ;

DOMAIN : 'domain' ;
BUNDLE : 'bundle' ;

LABEL : 'label' ;
SERVICE_ACCOUNT : 'service-account' ;
PORT : 'port' ;

// Alternatives are part of the ID; a brace behind it is not.
SPIFFE_ID : 'spiffe:' ( ~[ \t\r\n"{}] | ALTERNATIVES | '{' ~[ \t\r\n"{}]* )* ;
fragment ALTERNATIVES : '{' ( ~[\r\n"{}] | '{' ~[\r\n"{}]* '}' )* '}' ;

TEXT : '"""' .*? '"""' ;
// A template in a text may have quotes of its own.
STRING : '"' STRING_PART* '"' ;
UNCLOSED_TEXT : '"""' ;
UNCLOSED_STRING : '"' STRING_PART* ;
fragment STRING_PART : '{{' ~[\r\n]*? '}}' | '\\' ~[\r\n] | ~["\\\r\n] ;

WORD : ~[ \t\r\n"#{},=]+ ;
OTHER : . ;
