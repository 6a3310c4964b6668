/* function.c: the closed list. */
#include "expr/function.h"

#define N TSL__EXPR_NUMBER
#define T TSL__EXPR_TEXT
#define D TSL__EXPR_DATE
#define B TSL__EXPR_TRUTH
#define ANY TSL__EXPR_OPEN
#define MANY 100

const tsl__function tsl__functions[] = {
    {"abs", 1, 1, {N}, N, TSL__STEP_ABSOLUTE, 0},
    {"min", 2, MANY, {N, N, N}, N, TSL__STEP_LESSER, 1},
    {"max", 2, MANY, {N, N, N}, N, TSL__STEP_GREATER, 1},
    {"round", 1, 2, {N, N}, N, TSL__STEP_ROUND, 0},
    {"lower", 1, 1, {T}, T, TSL__STEP_LOWER, 0},
    {"trim", 1, 1, {T}, T, TSL__STEP_TRIM, 0},
    {"length", 1, 1, {T}, N, TSL__STEP_LENGTH, 0},
    {"year", 1, 1, {D}, N, TSL__STEP_YEAR, 0},
    {"month", 1, 1, {D}, N, TSL__STEP_MONTH, 0},
    {"day", 1, 1, {D}, N, TSL__STEP_DAY_OF_MONTH, 0},
    {"weekday", 1, 1, {D}, N, TSL__STEP_WEEKDAY, 0},
    {"hour", 1, 1, {D}, N, TSL__STEP_HOUR, 0},
    {"days_between", 2, 2, {D, D}, N, TSL__STEP_DAYS_BETWEEN, 0},
    {"if", 3, 3, {B, ANY, ANY}, ANY, TSL__STEP_CHOOSE, 0},
    {"coalesce", 2, MANY, {ANY, ANY, ANY}, ANY, TSL__STEP_COALESCE, 1},
    {"number", 1, 1, {N}, N, TSL__STEP_SAME, 0},
    {"text", 1, 1, {T}, T, TSL__STEP_SAME, 0},
    {"date", 1, 1, {D}, D, TSL__STEP_SAME, 0},
};
const size_t tsl__function_count = sizeof tsl__functions / sizeof *tsl__functions;
