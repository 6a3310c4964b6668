/* information.c: mutual information of two partitions, and what is made of it. */
#include "model/comparison/external.h"

#include <float.h>
#include <math.h>

/* In nats. */
static double get_entropy(const tsl__contingency *table, int side)
{
    double sum = 0;
    for (size_t i = 0; i < table->k[side]; i++) {
        const double share = table->sum[side][i] / table->total;
        sum -= share > 0 ? share * log(share) : 0;
    }
    return sum > 0 ? sum : 0;
}

static double get_mutual(const tsl__contingency *table)
{
    double sum = 0;
    for (size_t i = 0; i < table->count; i++) {
        const tsl__contingency_cell *cell = &table->cell[i];
        const double a = table->sum[0][cell->a] / table->total, b = table->sum[1][cell->b] / table->total,
                     both = cell->weight / table->total;
        sum += both * log(both / (a * b));
    }
    return sum > DBL_EPSILON ? sum : 0;
}

/* What is 0 but for rounding keeps its sign, so that equal ones are 1. */
static double keep_away(double difference)
{
    const double least = difference < 0 ? -DBL_EPSILON : DBL_EPSILON;
    return fabs(difference) < DBL_EPSILON ? least : difference;
}

int tsl__compare_information(const tsl__contingency *table, tsl_comparison *out)
{
    double expected = (double)NAN;
    if (!(table->total > 0)) {
        out->mutual_information = out->adjusted_mutual_information = out->normalised_mutual_information = (double)NAN;
        out->homogeneity = out->completeness = out->v_measure = (double)NAN;
        return 0;
    }
    const double own = get_entropy(table, 0), truth = get_entropy(table, 1), mutual = get_mutual(table);
    const int one = table->present[0] == 1 || table->present[1] == 1;
    out->mutual_information = mutual;
    out->homogeneity = truth > 0 ? mutual / truth : 1;
    out->completeness = own > 0 ? mutual / own : 1;
    const double both = out->homogeneity + out->completeness;
    out->v_measure = both > 0 ? 2 * out->homogeneity * out->completeness / both : 0;
    out->normalised_mutual_information = own + truth > 0 ? mutual / ((own + truth) / 2) : 1;
    out->adjusted_mutual_information = own + truth > 0 ? 0 : 1; /* one label each: they say the same */
    if (!one) {
        if (tsl__expected_information(table, &expected)) {
            return -1;
        }
        out->adjusted_mutual_information = keep_away(mutual - expected) / keep_away((own + truth) / 2 - expected);
    }
    return 0;
}
