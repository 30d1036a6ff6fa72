/**
 * The words of Arr. They are Python's, so that a Python editor reads them too.
 *
 * This grammar knows nothing of lines and indentation: it yields a NEWLINE at
 * every line end. compiler/Parse/Layout.cpp drops those that do not end a
 * statement and adds INDENT and DEDENT, by Python's rules.
 *
 * What is not a word of the language (a number like 12ab, a lone `?`) has
 * tokens of its own, which no rule of ArrParser takes: the parser then reports
 * it like any other word in a wrong place.
 */
lexer grammar ArrLexer;

tokens { INDENT, DEDENT }

// Keywords. The second group is Python's but not in the language.
AND: 'and';
AS: 'as';
ASSERT: 'assert';
BREAK: 'break';
CONTINUE: 'continue';
DEF: 'def';
ELIF: 'elif';
ELSE: 'else';
FALSE: 'False';
FOR: 'for';
FROM: 'from';
IF: 'if';
IMPORT: 'import';
IN: 'in';
IS: 'is';
LAMBDA: 'lambda';
NONE: 'None';
NOT: 'not';
OR: 'or';
PASS: 'pass';
RETURN: 'return';
TRUE: 'True';
WHILE: 'while';

ASYNC: 'async';
AWAIT: 'await';
CLASS: 'class';
DEL: 'del';
EXCEPT: 'except';
FINALLY: 'finally';
GLOBAL: 'global';
NONLOCAL: 'nonlocal';
RAISE: 'raise';
TRY: 'try';
WITH: 'with';
YIELD: 'yield';

// Operators and punctuation.
LPAREN: '(';
RPAREN: ')';
LBRACK: '[';
RBRACK: ']';
LBRACE: '{';
RBRACE: '}';
COMMA: ',';
COLON: ':';
SEMI: ';';
DOT: '.';
ELLIPSIS: '...';
ARROW: '->';
AT: '@';
ASSIGN: '=';
WALRUS: ':=';

PLUS: '+';
MINUS: '-';
STAR: '*';
POW: '**';
SLASH: '/';
FLOORDIV: '//';
PERCENT: '%';
AMP: '&';
BAR: '|';
CARET: '^';
TILDE: '~';
SHL: '<<';
SHR: '>>';

LT: '<';
LE: '<=';
GT: '>';
GE: '>=';
EQ: '==';
NE: '!=';

PLUS_ASSIGN: '+=';
MINUS_ASSIGN: '-=';
STAR_ASSIGN: '*=';
POW_ASSIGN: '**=';
SLASH_ASSIGN: '/=';
FLOORDIV_ASSIGN: '//=';
PERCENT_ASSIGN: '%=';
AT_ASSIGN: '@=';
AMP_ASSIGN: '&=';
BAR_ASSIGN: '|=';
CARET_ASSIGN: '^=';
SHL_ASSIGN: '<<=';
SHR_ASSIGN: '>>=';

// Names. Outside ASCII only letters that Unicode normalisation leaves alone:
// Python normalises names, and the same file must mean the same here.
NAME: NAME_START NAME_PART*;

fragment NAME_START: [a-zA-Z_] | LETTER;
fragment NAME_PART: [a-zA-Z0-9_] | LETTER;
fragment LETTER
    : [\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u0131\u0134-\u013E\u0141-\u0148\u014A-\u017E]
    | [\u0386\u0388-\u038A\u038C\u038E-\u03A1\u03A3-\u03CF\u0400-\u0481\u048A-\u052F]
    | [\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FFF]
    ;

// Numbers.
INT
    : '0' ('_'? '0')*
    | [1-9] ('_'? DIGIT)*
    | '0' [xX] ('_'? [0-9a-fA-F])+
    | '0' [oO] ('_'? [0-7])+
    | '0' [bB] ('_'? [01])+
    ;
FLOAT: POINT_FLOAT EXPONENT? | DIGITS EXPONENT;
IMAGINARY: (POINT_FLOAT EXPONENT? | DIGITS EXPONENT?) [jJ];
BAD_NUMBER: (DIGIT | POINT_FLOAT EXPONENT? | DIGITS EXPONENT) NAME_PART+;

fragment DIGIT: [0-9];
fragment DIGITS: DIGIT ('_'? DIGIT)*;
fragment POINT_FLOAT: DIGITS? '.' DIGITS | DIGITS '.';
fragment EXPONENT: [eE] [+-]? DIGITS;

// Strings. F-strings and bytes are lexed like the others.
STRING: [rRuU]? QUOTED;
BYTES: ([bB] [rR]? | [rR] [bB]) QUOTED;
FSTRING: ([fFtT] [rR]? | [rR] [fFtT]) QUOTED;
UNCLOSED_STRING: STRING_PREFIX? ('\'' SQ_CHAR* | '"' DQ_CHAR*) '\\'?;
UNCLOSED_TEXT: STRING_PREFIX?
    ('\'\'\'' SQ_TEXT* '\''? '\''? | '"""' DQ_TEXT* '"'? '"'?) '\\'?;

fragment STRING_PREFIX: [rRuUbBfFtT] [rRbBfFtT]?;
fragment QUOTED
    : '\'' SQ_CHAR* '\''
    | '"' DQ_CHAR* '"'
    | '\'\'\'' SQ_TEXT* '\'\'\''
    | '"""' DQ_TEXT* '"""'
    ;
fragment ESCAPE: '\\' ('\r\n' | ~[\r] | '\r');
fragment SQ_CHAR: ~['\\\r\n] | ESCAPE;
fragment DQ_CHAR: ~["\\\r\n] | ESCAPE;
// Up to two quotes may stand in a text, when something else follows them.
fragment SQ_TEXT: '\''? '\''? (~['\\] | ESCAPE);
fragment DQ_TEXT: '"'? '"'? (~["\\] | ESCAPE);

// Between words.
NEWLINE: '\r'? '\n' | '\r';
BLANK: [ \t\f]+ -> skip;
COMMENT: '#' ~[\r\n]* -> skip;
JOINED_LINES: '\\' ('\r'? '\n' | '\r') -> skip;

BAD_CHARACTER: .;
