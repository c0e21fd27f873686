/*
 * Writ: policy as its author thinks of it. A file is a list of declarations, most with a block of entries; an entry stays on its
 * line. Permission rules alone are the text of a doc string in a feature.
 *
 *     permission kv-callers on workloads where app = "kv" port 5050 {
 *       allow        workloads where app = "demo-app" to GET "/api/**"   # their SPIFFE IDs, by the identity templates
 *       deny         spiffe://default.default.mesh.local/ns/legacy/sa/{web,api}
 *     }
 *
 * Which entries a block takes is decided behind the grammar, which reads all of them in every block: so a misplaced one is told
 * by its name. What starts no entry is skipped to the end of its line, and told too. Braces are balanced, and not nested deep,
 * before the grammar sees them.
 */
parser grammar WritGrammar;

options { tokenVocab = WritLexer; }

file : ( NEWLINE | declaration )* EOF ;

rules : ( NEWLINE | entry )* EOF ;

declaration
    : INCLUDE STRING                                                            # includeDeclaration
    | MESH name ( ZONE name ( COMMA name )* )?                                  # meshDeclaration
    | IDENTITY name ( ON selection )? block                                     # identityDeclaration
    | TRUST name block                                                          # trustDeclaration
    | WORKLOAD name block?                                                      # workloadDeclaration
    | GROUP name block                                                          # groupDeclaration
    | PERMISSION name ON selection ports? because? block                        # permissionDeclaration
    ;

block : LEFT_BRACE ( NEWLINE | entry )* RIGHT_BRACE ;

entry
    : action caller restriction* because?                                       # ruleEntry
    | caller                                                                    # callerEntry
    | ID STRING                                                                 # idEntry
    | ISSUE provider                                                            # issueEntry
    | AUTOGENERATE                                                              # autogenerateEntry
    | SELF_SIGNED                                                               # selfSignedEntry
    | NO_TRUST                                                                  # noTrustEntry
    | EXPIRY WORD                                                               # expiryEntry
    | TIMEOUT WORD                                                              # timeoutEntry
    | CERTIFICATE data                                                          # certificateEntry
    | KEY data                                                                  # keyEntry
    | DOMAIN STRING                                                             # domainEntry
    | BUNDLE data                                                               # bundleEntry
    | LABEL equality                                                            # labelEntry
    | SERVICE_ACCOUNT name                                                      # serviceAccountEntry
    | PORT WORD ( WORD STRING? )?                                               # portEntry
    ;

action
    : ALLOW                                                                     # allowAction
    | DENY                                                                      # denyAction
    | SHADOW_DENY                                                               # shadowDenyAction
    ;

caller
    : SPIFFE_ID                                                                 # spiffeIdCaller
    | PREFIX STRING                                                             # prefixCaller
    | selection                                                                 # workloadCaller
    | GROUP name                                                                # groupCaller
    | ANYONE                                                                    # anyoneCaller
    ;

selection
    : WORKLOADS scope* ( WHERE equality ( AND equality )* )?                    # workloadsSelection
    | WORKLOAD name scope*                                                      # workloadSelection
    ;

scope : IN ( NAMESPACE | MESH | ZONE ) name ( COMMA name )* ;

equality : name EQUALS name ;

restriction
    : TO ( WORD ( COMMA WORD )* )? STRING?                                      # httpRestriction
    | SNI STRING                                                                # sniRestriction
    ;

because : BECAUSE STRING ;

ports : PORT WORD ( COMMA WORD )* ;

provider
    : BUNDLED block?                                                            # bundledProvider
    | SPIRE block?                                                              # spireProvider
    | EXTENSION STRING?                                                         # extensionProvider
    ;

data : ( FILE | SECRET | ENV ) STRING | TEXT ;

// A name may be a word that means something elsewhere.
name
    : WORD | STRING
    | INCLUDE | MESH | ZONE | IDENTITY | TRUST | WORKLOAD | WORKLOADS | GROUP | PERMISSION | ON | IN | NAMESPACE | WHERE | AND
    | BECAUSE | ALLOW | DENY | SHADOW_DENY | PREFIX | ANYONE | TO | SNI | ID | ISSUE | BUNDLED | SPIRE | EXTENSION | AUTOGENERATE
    | SELF_SIGNED | NO_TRUST | EXPIRY | TIMEOUT | CERTIFICATE | KEY | FILE | SECRET | ENV | DOMAIN | BUNDLE | LABEL
    | SERVICE_ACCOUNT | PORT
    ;
