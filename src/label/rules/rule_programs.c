/* rule_programs.c: the condition of a class as programs, one an operand of its outermost `and`. */
#include "label/rules/rules.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "expr/constants.h"
#include "label/label_codes.h"

#include <stdlib.h>

static const char *const words[] = {[TSL__EXPR_OPEN] = "a value",
                                    [TSL__EXPR_NUMBER] = "a number",
                                    [TSL__EXPR_TEXT] = "a text",
                                    [TSL__EXPR_TRUTH] = "true or false",
                                    [TSL__EXPR_DATE] = "a date"};

/* ---- What can be told once the names are known ------------------------------------- */

static tsl_status check_operands(const char *label, const tsl__rule_program *p, const tsl__rule_names *names,
                                 tsl_error *err)
{
    size_t count;
    const size_t *operand = tsl__expr_get_operands(p->expr, &count);
    if (count > TSL__OPERANDS_MAX) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: names over %d values between two \"and\"", label,
                              TSL__OPERANDS_MAX);
    }
    for (size_t i = 0; i < count; i++) {
        if (!tsl__name_is_read_as(&p->operand[i], p->type[i])) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: \"%s\" is read as %s there, which it is not: it is %s", label,
                                  names->text[operand[i]], words[p->type[i]], words[names->known[operand[i]]]);
        }
    }
    return TSL_OK;
}

static int is_code(tsl__name_kind kind, tsl__code_kind *of)
{
    static const struct {
        tsl__name_kind name;
        tsl__code_kind code;
    } kinds[] = {{TSL__NAME_SEGMENT, TSL__CODE_SEGMENT},
                 {TSL__NAME_TIER, TSL__CODE_TIER},
                 {TSL__NAME_STAGE, TSL__CODE_STAGE},
                 {TSL__NAME_RFM, TSL__CODE_RFM}};
    size_t i = 0;
    while (i < TSL__CODE_KINDS && kinds[i].name != kind) {
        i++;
    }
    *of = i < TSL__CODE_KINDS ? kinds[i].code : TSL__CODE_KINDS;
    return i < TSL__CODE_KINDS;
}

/* A code that there is not would hold for nobody, and nobody would know why. */
static tsl_status check_codes(const char *label, const tsl__rule_program *p, const tsl__rule_names *names,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t count;
    const size_t *operand = tsl__expr_get_operands(p->expr, &count);
    tsl__codes known = {.text = NULL};
    for (size_t i = 0; i < count; i++) {
        tsl__code_kind kind;
        if (!is_code(p->operand[i].kind, &kind)) {
            continue;
        }
        free(known.text);
        TSL__TRY(tsl__codes_list(names->labels, kind, &known, err));
        const char *other = tsl__constants_find_other(p->expr, operand[i], known.text, known.count);
        TSL__TRY(other && !tsl__code_may_come(&known, other) ? tsl__codes_fail(&known, label, other, err) : TSL_OK);
    }
done:
    free(known.text);
    return status;
}

/* ---- Opening ------------------------------------------------------------------------- */

/* What is no expression is input that cannot be used. */
static tsl_status open_expression(const char *label, const char *text, const tsl__rule_names *names, tsl__expr **out,
                                  tsl_error *err)
{
    const tsl_status status = tsl__expr_open_typed(label, text, names->text, names->known, names->count,
                                                   TSL__EXPR_OF(TSL__EXPR_TRUTH), out, err);
    if (status == TSL_E_OPTION && err) {
        err->status = TSL_E_INPUT;
    }
    return status == TSL_E_OPTION ? TSL_E_INPUT : status;
}

static tsl_status open_program(const char *label, const char *text, const tsl__rule_names *names,
                               tsl__rule_program *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    out->text = text;
    TSL__TRY(open_expression(label, text, names, &out->expr, err));
    const size_t *operand = tsl__expr_get_operands(out->expr, &out->operands);
    out->type = tsl__expr_get_operand_types(out->expr);
    TSL__NEED(out->operand = tsl__alloc(out->operands, sizeof *out->operand));
    for (size_t i = 0; i < out->operands; i++) {
        out->operand[i] = names->of[operand[i]];
    }
    TSL__TRY(check_operands(label, out, names, err));
    TSL__TRY(check_codes(label, out, names, err));
done:
    return status;
}

tsl_status tsl__class_program_open(const tsl_rule_class *of, const tsl__rule_names *names, tsl__class_program *out,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__expr *whole = NULL;
    char *label = NULL;
    *out = (tsl__class_program){.of = of};
    TSL__NEED(label = tsl__format("%s%srules.%s.%s", of->where, *of->where ? ": " : "", of->set, of->code));
    TSL__TRY(open_expression(label, of->when, names, &whole, err)); /* so that errors show all of it */
    TSL__TRY(tsl__conjunction_split(label, of->when, &out->texts, err));
    if (out->texts.count > TSL_RULE_CONDITIONS_MAX) {
        TSL__TRY(tsl__error_set(err, TSL_E_INPUT, "%s: has %zu conditions; at most %d are joined by \"and\"", label,
                                out->texts.count, TSL_RULE_CONDITIONS_MAX));
    }
    TSL__NEED(out->condition = tsl__alloc_zero(out->texts.count, sizeof *out->condition));
    for (; out->count < out->texts.count; out->count++) {
        TSL__TRY(open_program(label, out->texts.text[out->count], names, &out->condition[out->count], err));
    }
done:
    tsl__expr_free(whole);
    free(label);
    return status;
}

void tsl__class_program_free(tsl__class_program *program)
{
    for (size_t i = 0; program->condition && i < program->texts.count; i++) {
        tsl__expr_free(program->condition[i].expr);
        free(program->condition[i].operand);
    }
    free(program->condition);
    tsl__operand_texts_free(&program->texts);
    *program = (tsl__class_program){.count = 0};
}

/* ---- Running ---------------------------------------------------------------------------- */

int tsl__rule_program_get(const tsl__rule_program *program, const tsl_labels *labels, size_t customer)
{
    tsl__expr_value operand[TSL__OPERANDS_MAX];
    char buffer[TSL__OPERANDS_MAX][TSL__VALUE_BYTES];
    for (size_t i = 0; i < program->operands; i++) {
        operand[i] = tsl__name_get_value(labels, &program->operand[i], program->type[i], customer, buffer[i]);
    }
    const tsl__expr_value holds = tsl__expr_get_value(program->expr, operand);
    return holds.number.state != TSL__DECIMAL_OK ? -1 : holds.time != 0;
}
