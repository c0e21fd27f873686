/*
 * Writ: policy as its author thinks of it. So far the permission rules alone, one to a line:
 *
 *     deny         spiffe://example.org/ns/batch/sa/untrusted
 *     shadow-deny  spiffe://example.org/ns/legacy/**
 *     allow        prefix "spiffe://example.org/ns/kuma-demo/"   # a comment
 */
parser grammar WritGrammar;

options { tokenVocab = WritLexer; }

rules : line* EOF ;

line
    : NEWLINE                                   # emptyLine
    | action caller condition? NEWLINE          # ruleLine
    | ~( NEWLINE | ALLOW | DENY | SHADOW_DENY ) rest* NEWLINE  # unknownLine
    ;

action
    : ALLOW                 # allowAction
    | DENY                  # denyAction
    | SHADOW_DENY           # shadowDenyAction
    ;

caller
    : SPIFFE_ID             # spiffeIdCaller
    | PREFIX STRING         # prefixCaller
    | WORKLOADS rest*       # workloadCaller
    ;

// Read as far as it takes to name it: this version has no conditions.
condition : TO rest* ;

rest : ~NEWLINE ;
