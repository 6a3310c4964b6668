/* function.h: the functions that an expression may call: a closed list. */
#ifndef TSL_EXPR_FUNCTION_H
#define TSL_EXPR_FUNCTION_H

#include "expr/program.h"
#include "expr/syntax.h"

/* Parameters: of the first so many the types, all further ones as the last; OPEN: all such are of one type, that of the
 * result. */
#define TSL__PARAMETERS 3

typedef struct tsl__function {
    const char *name;
    size_t least, most; /* arguments */
    tsl__expr_type parameter[TSL__PARAMETERS], result;
    tsl__action action;
    int folds; /* 1: of two at a time, from the left */
} tsl__function;

extern const tsl__function tsl__functions[];
extern const size_t tsl__function_count;

#endif
