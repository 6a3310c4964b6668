/* test_labels_csv.c: the lines of labels.csv, and those of the clusters of a fit. */
#include "files.h"
#include "sample.h"

#include <math.h>

static sample run;

/* Bounds of the first feature that the clusters are found on; the others' are wide. */
static void set_bounds(double low, double high)
{
    static double x[SAMPLE_CUSTOMERS * SAMPLE_FEATURES];
    for (size_t f = 0; f < SAMPLE_FEATURES; f++) {
        run.feature[f].bins.low = f ? -1 : low;
        run.feature[f].bins.high = f ? 1 : high;
    }
    memset(x, 0, sizeof x);
    run.features.x = x;
}

static char *write_labels(void)
{
    files f;
    tsl_error err;
    files_open(&f, "labels.csv");
    assert_int_equal(tsl_labels_write(&run.labels, &(tsl_target){.path = f.path}, NULL, &err), TSL_OK);
    char *text = files_read(f.path);
    assert_int_equal(tsl_labels_write(&run.labels, &(tsl_target){.path = f.path}, NULL, &err), TSL_E_EXISTS);
    assert_int_equal(tsl_labels_write(&run.labels, &(tsl_target){.path = f.path, .replace = 1}, NULL, &err), TSL_OK);
    files_close(&f);
    return text;
}

static void assert_begins(const char *text, const char *lines)
{
    char *head = strndup(text, strlen(lines));
    assert_string_equal(head, lines);
    free(head);
}

static void of_customers(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_APPLIED, "en");
    set_bounds(-1, 1);
    strcpy(run.id_text[0], "a, \"b\"");
    run.features.x[0] = 2; /* above the greatest of the fit */
    run.features.x[SAMPLE_FEATURES] = -2;
    run.features.x[SAMPLE_FEATURES + 1] = 1; /* the greatest itself */
    run.features.x[SAMPLE_FEATURES + 2] = 1.5;
    run.features.x[SAMPLE_FEATURES + 3] = NAN;
    run.features.x[2 * SAMPLE_FEATURES - 1] = 9; /* rfm_score: the clusters are not found on it */
    run.distance[0] = 1.23456789;
    run.confidence[0] = .12345;
    run.distance[1] = .5;
    run.confidence[1] = 1;
    run.runner_up[1] = 0;
    char *text = write_labels();
    assert_begins(text,
                  "customer_id,segment,segment_name,distance,runner_up,confidence,columns_outside_range,segment_code\n"
                  "\"a, \"\"b\"\"\",1,\"Frequent, high spend\",1.23457,2,0.1235,1,CHAMP\n"
                  "C10001,1,\"Frequent, high spend\",0.5,,1.0000,2,CHAMP\n"
                  "C10002,1,");
    size_t lines = 0;
    for (const char *p = text; (p = strchr(p, '\n')); p++) {
        lines++;
    }
    assert_int_equal(lines, SAMPLE_CUSTOMERS + 1);
    free(text);
}

/* Plain numbers have the ids given, or the numbers of their rows. */
static void of_plain_numbers(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_APPLIED, "zh");
    set_bounds(NAN, NAN); /* nothing was known of it: nothing lies outside */
    run.recipe.plain = 1;
    run.features.x[0] = 7;
    run.confidence[0] = run.distance[0] = 0;
    char *text = write_labels();
    assert_begins(text, "id,segment,segment_name,distance,runner_up,confidence,columns_outside_range,segment_code\n"
                        "C10000,1,高频高消费,0,2,0.0000,0,CHAMP\n");
    free(text);
    run.features.id = NULL;
    run.labels.customers = 1;
    text = write_labels();
    assert_string_equal(text,
                        "row,segment,segment_name,distance,runner_up,confidence,columns_outside_range,segment_code\n"
                        "1,1,高频高消费,0,2,0.0000,0,CHAMP\n");
    free(text);
    run.labels.customers = 0;
    text = write_labels();
    assert_string_equal(text,
                        "row,segment,segment_name,distance,runner_up,confidence,columns_outside_range,segment_code\n");
    free(text);
}

static void clusters_of_a_fit(void **state)
{
    (void)state;
    files f;
    tsl_error err;
    int32_t label[] = {1, 0, 4};
    const tsl_assignment assignment = {.rows = 3, .label = label};
    sample_make(&run, SAMPLE_FULL, "en");
    static const char *const expected[] = {"customer_id,cluster\nC10000,2\nC10001,1\nC10002,5\n",
                                           "id,cluster\nC10000,2\nC10001,1\nC10002,5\n",
                                           "row,cluster\n1,2\n2,1\n3,5\n"};
    for (int i = 0; i < 3; i++) {
        run.recipe.plain = i > 0;
        run.features.id = i < 2 ? run.id : NULL;
        files_open(&f, "clusters.csv");
        assert_int_equal(tsl_clusters_write(&run.features, &assignment, &(tsl_target){.path = f.path}, NULL, &err),
                         TSL_OK);
        char *text = files_read(f.path);
        assert_string_equal(text, expected[i]);
        free(text);
        assert_int_equal(tsl_clusters_write(&run.features, &assignment, &(tsl_target){.path = f.path}, NULL, &err),
                         TSL_E_EXISTS);
        files_close(&f);
    }
}

/* Around the edges of what is written at once. */
static void all_rows(void **state)
{
    (void)state;
    static const size_t rows[] = {4095, 4096, 4097, 8192};
    tsl_recipe recipe = {.plain = 1};
    tsl_features features = {.recipe = &recipe};
    int32_t *label = calloc(8192, sizeof *label);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        files f;
        char last[32];
        const tsl_assignment assignment = {.rows = rows[i], .label = label};
        files_open(&f, "clusters.csv");
        assert_int_equal(tsl_clusters_write(&features, &assignment, &(tsl_target){.path = f.path}, NULL, NULL), TSL_OK);
        char *text = files_read(f.path);
        size_t lines = 0;
        for (const char *p = text; (p = strchr(p, '\n')); p++) {
            lines++;
        }
        assert_int_equal(lines, rows[i] + 1);
        snprintf(last, sizeof last, "\n%zu,1\n", rows[i]);
        assert_string_equal(text + strlen(text) - strlen(last), last);
        free(text);
        files_close(&f);
    }
    free(label);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_customers),
        cmocka_unit_test(of_plain_numbers),
        cmocka_unit_test(clusters_of_a_fit),
        cmocka_unit_test(all_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
