/* test_audit.c: how sensitive columns go with segments and tiers, against counts made one by one. */
#include "label/crowds.h"

/* Customers of a level and a group, the naive way. gender: of crowds.h, F of one in four; age in bands. */
static int is_of_level(const tsl_features *f, size_t customer, const tsl_audit_column *column, size_t level)
{
    const double *x = f->x + customer * f->feature_count;
    if (strcmp(column->name, "gender") == 0) {
        char name[32];
        snprintf(name, sizeof name, "gender=%s", column->level[level]);
        return x[tsl_features_get_index(f, name)] == 1;
    }
    const double age = x[tsl_features_get_index(f, "age")];
    const double low = level ? 15 + 10 * (double)level : 0, high = level < 5 ? 25 + 10 * (double)level : 1000;
    return age >= low && age < high;
}

static void check_part(const tsl_labels *labels, const tsl_audit_column *column, const tsl_audit_part *part, int tiers)
{
    const tsl_features *f = labels->features;
    double chi = 0, n = 0, sum_g[16] = {0}, sum_l[16] = {0};
    assert_true(part->groups == (tiers ? labels->tier_count : labels->segment_count) && part->groups < 16);
    for (size_t g = 0; g < part->groups; g++) {
        for (size_t l = 0; l < column->level_count; l++) {
            uint64_t count = 0, level = 0, others = 0, rest = 0;
            for (size_t i = 0; i < labels->customers; i++) {
                const int in = (size_t)(tiers ? labels->customer_tier[i] : labels->customer_segment[i] - 1) == g;
                const int of = is_of_level(f, i, column, l);
                count += (uint64_t)(in && of);
                level += (uint64_t)of;
                others += (uint64_t)(in && !of);
                rest += (uint64_t)!of;
            }
            const tsl_audit_cell *cell = &part->cell[g * column->level_count + l];
            assert_int_equal(cell->count, count);
            assert_int_equal(column->size[l], level);
            assert_near(cell->share, (double)count / (double)level);
            if (others) {
                assert_near(cell->ratio, (double)count / (double)level / ((double)others / (double)rest));
            }
            assert_true(!(count && others) || (cell->low < cell->ratio && cell->ratio < cell->high));
            sum_g[g] += (double)count;
            sum_l[l] += (double)count;
            n += (double)count;
        }
    }
    for (size_t g = 0; g < part->groups; g++) {
        for (size_t l = 0; l < column->level_count; l++) {
            const double expected = sum_g[g] * sum_l[l] / n;
            const double off = (double)part->cell[g * column->level_count + l].count - expected;
            chi += expected > 0 ? off * off / expected : 0;
        }
    }
    assert_true(fabs(part->chi_square - chi) <= 1e-9 * (1 + chi));
}

static void test_crowds(void **state)
{
    (void)state;
    tsl_error err;
    tsl_audit *audit;
    for (int sensitive = 0; sensitive < 2; sensitive++) {
        tsl_features *f = make_features(sensitive);
        tsl_model *model = make_model(f, 3);
        tsl_labels *labels = make_labels(f, model, "en");
        assert_int_equal(tsl_audit_build(labels, &audit, &err), TSL_OK);
        assert_int_equal(audit->count, 2);
        for (size_t c = 0; c < audit->count; c++) {
            const tsl_audit_column *column = &audit->column[c];
            check_part(labels, column, &column->segments, 0);
            check_part(labels, column, &column->tiers, 1);
            assert_int_equal(column->missing, 0);
        }
        const tsl_audit_column *gender = &audit->column[strcmp(audit->column[0].name, "gender") != 0],
                               *age = &audit->column[gender == audit->column];
        assert_int_equal(gender->sensitive, sensitive);
        assert_int_equal(gender->clustered, !sensitive); /* all columns are in this basis, but for sensitive ones */
        assert_int_equal(gender->level_count, 2);
        assert_int_equal(age->level_count, 6);
        /* The dear customers are the women, all of them and nobody else, whether the clusters know it or not. */
        assert_true(gender->segments.effect > .9);
        assert_true(age->segments.effect < .15);
        tsl_audit_free(audit);
        tsl_labels_free(labels);
        tsl_model_free(model);
        tsl_features_free(f);
    }
    tsl_audit_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_crowds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
