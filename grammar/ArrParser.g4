/**
 * The sentences of Arr: a subset of Python's.
 *
 * Two things keep the parser fast and its errors plain. Every decision looks
 * at one token only, so ANTLR generates switches and never simulates the
 * grammar; to that end lists are written `x (COMMA x?)*`, and the tree builder
 * (compiler/Parse/Build*.cpp) reports a missing element. And expressions are
 * flat: operands and operators in a row, which the builder groups by
 * precedence, so that the parse tree stays small and shallow.
 *
 * The parser is called for one top-level statement at a time.
 */
parser grammar ArrParser;

options { tokenVocab = ArrLexer; }

//===-- Statements --------------------------------------------------------===//

statement
    : simpleLine
    | ifStatement
    | whileStatement
    | forStatement
    | functionDef
    ;

simpleLine: simpleStatement (SEMI simpleStatement?)* NEWLINE;

simpleStatement
    : assignment
    | returnStatement
    | assertStatement
    | importStatement
    | importFrom
    | PASS
    | BREAK
    | CONTINUE
    ;

// An expression statement, too.
assignment
    : expressions
        ( COLON expression (ASSIGN expressions)?
        | augmentedOperator expressions
        | (ASSIGN expressions)*
        )
    ;

augmentedOperator
    : PLUS_ASSIGN
    | MINUS_ASSIGN
    | STAR_ASSIGN
    | POW_ASSIGN
    | SLASH_ASSIGN
    | FLOORDIV_ASSIGN
    | PERCENT_ASSIGN
    | AT_ASSIGN
    | AMP_ASSIGN
    | BAR_ASSIGN
    | CARET_ASSIGN
    | SHL_ASSIGN
    | SHR_ASSIGN
    ;

returnStatement: RETURN expressions?;

assertStatement: ASSERT expression (COMMA expression)?;

importStatement: IMPORT importAlias (COMMA importAlias)*;

importFrom
    : FROM dottedName IMPORT
        ( importAlias (COMMA importAlias)*
        | LPAREN importAlias (COMMA importAlias?)* RPAREN
        )
    ;

importAlias: dottedName (AS NAME)?;

dottedName: NAME (DOT NAME)*;

ifStatement
    : IF expression suite (ELIF expression suite)* (ELSE suite)?
    ;

whileStatement: WHILE expression suite (ELSE suite)?;

forStatement: FOR targets IN expressions suite (ELSE suite)?;

// Not `expressions`: the `in` of a loop is not the operator.
targets: target (COMMA target?)*;

target: primary;

functionDef
    : decorator* DEF NAME LPAREN params? RPAREN (ARROW expression)? suite
    ;

decorator: AT expression NEWLINE;

params: param (COMMA param?)*;

param
    : NAME (COLON expression)? (ASSIGN expression)?
    | STAR
    | SLASH
    ;

// A block is never empty: INDENT comes before a word. A word in it that cannot
// start a statement is passed over, with an error, by SyntaxErrors::sync.
suite: COLON (simpleLine | NEWLINE INDENT statement* DEDENT);

// Called by error recovery: the block below a line that has an error.
orphanBlock: INDENT statement* DEDENT;

//===-- Expressions -------------------------------------------------------===//

expressions: expression (COMMA expression?)*;

expression
    : lambda
    | operation (IF operation ELSE expression)?
    ;

lambda: LAMBDA lambdaParams? COLON expression;

lambdaParams: lambdaParam (COMMA lambdaParam?)*;

lambdaParam: NAME (ASSIGN expression)? | STAR | SLASH;

// `is not` is IS and an operand that starts with NOT.
operation: operand (binaryOperator operand)*;

operand: prefix* primary;

prefix: NOT | MINUS | PLUS | TILDE;

binaryOperator
    : PLUS
    | MINUS
    | STAR
    | SLASH
    | FLOORDIV
    | PERCENT
    | POW
    | AT
    | AMP
    | BAR
    | CARET
    | SHL
    | SHR
    | LT
    | LE
    | GT
    | GE
    | EQ
    | NE
    | IS
    | IN
    | NOT IN
    | AND
    | OR
    ;

primary: atom trailer*;

trailer
    : DOT NAME
    | LPAREN arguments? RPAREN
    | LBRACK subscripts RBRACK
    ;

arguments: argument (COMMA argument?)*;

// The builder checks that what stands before `=` is a name.
argument: expression (ASSIGN expression)?;

subscripts: subscript (COMMA subscript?)*;

subscript
    : expression sliceRest?
    | sliceRest
    ;

sliceRest: COLON expression? (COLON expression?)?;

atom
    : NAME
    | INT
    | FLOAT
    | IMAGINARY
    | TRUE
    | FALSE
    | NONE
    | ELLIPSIS
    | STRING+
    | LPAREN expressions? RPAREN
    | LBRACK expressions? RBRACK
    ;
