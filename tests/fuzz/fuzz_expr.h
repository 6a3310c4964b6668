/* fuzz_expr.h: one text as an expression: it is refused with a message, or has a value for any operands. */
#ifndef TESTS_FUZZ_FUZZ_EXPR_H
#define TESTS_FUZZ_FUZZ_EXPR_H

#include "expr/expr.h"

#include <stdlib.h>
#include <string.h>

static inline void fuzz_row(const tsl__expr *expr, size_t count, unsigned row)
{
    static const char *const texts[] = {"", "Paid", " x ", "2019-01-01"};
    tsl__expr_value *value = calloc(count + 1, sizeof *value);
    tsl__decimal *number = calloc(count + 1, sizeof *number);
    for (size_t i = 0; value && number && i < count; i++) {
        const unsigned kind = (row + (unsigned)i) % 4;
        value[i].number = kind == 3 ? tsl__decimal_missing() : tsl__decimal_make((int)row - 2, -(int)kind, 0);
        if (tsl__expr_get_operand_types(expr)[i] == TSL__EXPR_TEXT) {
            value[i].text = texts[kind];
            value[i].length = strlen(texts[kind]);
            value[i].number.units = 0;
        }
        value[i].time = kind;
        number[i] = value[i].number;
    }
    if (value && number) {
        const tsl__expr_value v = tsl__expr_get_value(expr, value);
        if (tsl__expr_is_arithmetic(expr)) { /* both ways are one */
            const tsl__decimal d = tsl__expr_get(expr, number);
            if (d.state != v.number.state || (d.state == TSL__DECIMAL_OK && d.units != v.number.units)) {
                abort();
            }
        }
    }
    free(value);
    free(number);
}

static inline void fuzz_expression(const char *data, size_t size)
{
    static const char *const names[] = {"a", "Unit Price", "status", "day"};
    char *text = calloc(size + 1, 1);
    tsl__expr *expr = NULL;
    tsl_error err = {0};
    for (size_t i = 0; text && i < size; i++) {
        text[i] = data[i] ? data[i] : ' ';
    }
    const unsigned any = TSL__EXPR_OF(TSL__EXPR_NUMBER) | TSL__EXPR_OF(TSL__EXPR_TEXT) | TSL__EXPR_OF(TSL__EXPR_TRUTH) |
                         TSL__EXPR_OF(TSL__EXPR_DATE);
    const tsl_status status = text ? tsl__expr_open_typed("fuzz", text, names, NULL, 4, any, &expr, &err) : TSL_E_NOMEM;
    if ((status == TSL_OK) != (expr != NULL) || (status != TSL_OK && text && !err.message[0])) {
        abort();
    }
    size_t count = 0;
    for (unsigned row = 0; expr && row < 5; row++) {
        tsl__expr_get_operands(expr, &count);
        fuzz_row(expr, count, row);
    }
    tsl__expr_free(expr);
    free(text);
}

#endif
