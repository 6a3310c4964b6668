/* valuation_words.c: what the parts of a valuation are called, and what they weigh. */
#include <tesela/output.h>

const char *tsl_foreteller_get_name(tsl_foreteller foreteller)
{
    return foreteller == TSL_FORETELLER_NAIVE ? "naive" : tsl_purchase_kind_get_name((tsl_purchase_kind)foreteller);
}

const char *tsl_cohort_span_get_name(tsl_cohort_span span)
{
    static const char *const names[TSL_COHORT_SPANS] = {"none", "month", "quarter", "year"};
    return (unsigned)span < TSL_COHORT_SPANS ? names[span] : NULL;
}

void tsl_valuation_score_get_weight(const tsl_valuation_score *score, size_t column, double *part, double *own)
{
    const tsl_score *s = &score->score;
    double parts = 0, columns = 0;
    for (size_t p = 0; p < s->part_count; p++) {
        parts += s->part_weight[p];
    }
    for (size_t c = 0; c < s->column_count; c++) {
        columns += s->column[c].part == s->column[column].part ? s->column[c].weight : 0;
    }
    *part = s->part_weight[s->column[column].part] / parts;
    *own = s->column[column].weight / columns;
}
