lexer grammar SpiffeTemplateLexer;
TEXT : . ;
