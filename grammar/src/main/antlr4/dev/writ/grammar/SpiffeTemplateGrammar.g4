/*
 * A SPIFFE ID template: text and actions. Go's constructs that Kuma's templates have no use for (if, range, variables…) are
 * read as far as it takes to name them; which functions exist and what they take is decided behind the grammar.
 */
parser grammar SpiffeTemplateGrammar;

options { tokenVocab = SpiffeTemplateLexer; }

template : part* EOF ;

part
    : TEXT                                                                      # textPart
    | ( COMMENT_OPEN | COMMENT_OPEN_TRIM ) COMMENT_TEXT* ( COMMENT_CLOSE | COMMENT_CLOSE_TRIM )  # commentPart
    | ( OPEN | OPEN_TRIM ) SPACE? actionBody ( CLOSE | CLOSE_TRIM )             # actionPart
    ;

actionBody
    : KEYWORD ~( CLOSE | CLOSE_TRIM )*                                          # keywordBody
    | VARIABLE ~( CLOSE | CLOSE_TRIM )*                                         # variableBody
    | pipeline                                                                  # pipelineBody
    ;

// Go lets a pipe end in a bar.
pipeline : command ( PIPE SPACE? command )* ( PIPE SPACE? )? ;

command : operand ( SPACE operand )* SPACE? ;

// A field right behind an operand, without a space, asks for a field of its value.
operand : term FIELD* ;

term
    : FIELD                                                                     # fieldTerm
    | DOT                                                                       # dotTerm
    | NAME                                                                      # nameTerm
    | STRING                                                                    # stringTerm
    | RAW_STRING                                                                # rawStringTerm
    | NUMBER                                                                    # numberTerm
    | CHARACTER                                                                 # characterTerm
    | VARIABLE                                                                  # variableTerm
    | LEFT_PAREN SPACE? pipeline RIGHT_PAREN                                    # groupTerm
    ;
