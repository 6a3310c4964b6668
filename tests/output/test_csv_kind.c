/* test_csv_kind.c: the heads that the writers write are told, others are not. */
#include "files.h"
#include "sample.h"

static sample run;

/* Takes the file away. */
static void check_written(files *f, const char *kind)
{
    char *text = files_read(f->path);
    assert_non_null(text);
    text[strcspn(text, "\n")] = '\0';
    const char *seen = tsl_csv_get_kind(text);
    if (!seen || strcmp(seen, kind) != 0) {
        fail_msg("\"%s\" is %s, not %s", text, seen ? seen : "nothing", kind);
    }
    free(text);
    unlink(f->path);
}

static void tells_what_is_written(void **state)
{
    (void)state;
    files f;
    tsl_rejects *rejects;
    files_open(&f, "x.csv");
    const tsl_target target = {.path = f.path};
    sample_make(&run, SAMPLE_APPLIED, "en");
    int32_t *label = calloc(run.features.customers, sizeof *label);
    tsl_assignment assignment = {.rows = run.features.customers, .label = label};
    static double x[SAMPLE_CUSTOMERS * SAMPLE_FEATURES];
    run.features.x = x;
    assert_int_equal(tsl_segments_write(&run.labels, &target, NULL, NULL), TSL_OK);
    check_written(&f, "segments");
    assert_int_equal(tsl_rejects_open(&target, &rejects, NULL), TSL_OK);
    assert_int_equal(tsl_rejects_close(rejects, NULL), TSL_OK);
    check_written(&f, "rejects");
    for (int form = 0; form < 3; form++) { /* ids of customers, ids of rows, rows */
        run.recipe.plain = form > 0;
        run.features.id = form < 2 ? run.id : NULL;
        assert_int_equal(tsl_clusters_write(&run.features, &assignment, &target, NULL, NULL), TSL_OK);
        check_written(&f, "labels");
        assert_int_equal(tsl_labels_write(&run.labels, &target, NULL, NULL), TSL_OK);
        check_written(&f, "labels");
    }
    free(label);
    f.path[0] = '\0';
    files_close(&f);
}

static void tells_no_other(void **state)
{
    (void)state;
    static const char *const others[] = {"",
                                         "customer_id",
                                         "customer_id,segment",
                                         "id,segment,segment_name",
                                         "row,cluster,more",
                                         "file,line,column,kind,text,message,more",
                                         "CustomerID,cluster"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_null(tsl_csv_get_kind(others[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_what_is_written), cmocka_unit_test(tells_no_other)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
