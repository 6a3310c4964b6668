/* test_crm_parts.c: files are split exactly at the target's rows and bytes, each is read back and hashed, and where one
 * cannot be finished the others say so. */
#include "crm/sheets.h"

#include "crm/crm_parts.h"

#include <unistd.h>

#include <tesela/store.h>

static tsl_error err;

typedef struct made_parts {
    tsl__crm_target target;
    tsl__crm_plan plan;
    int running, failed;
    tsl__crm_parts parts;
    tsl_export out;
    size_t room;
} made_parts;

static void open_parts(made_parts *of, tsl_crm crm, uint64_t rows, uint64_t bytes)
{
    *of = (made_parts){.target = tsl__crm_targets[crm]};
    of->target.rows = rows;
    of->target.bytes = bytes;
    of->plan = sheet_plan(&of->target, crm);
    of->parts = (tsl__crm_parts){.plan = &of->plan,
                                 .folder = scratch,
                                 .stem = "some",
                                 .threads = 2,
                                 .running = &of->running,
                                 .failed = &of->failed};
}

static tsl_status put(made_parts *of, const char *id)
{
    const sheet_row row = {id, "x", "2024-06-30", "1", "0.5"};
    tsl__span cell[SHEET_FIELDS];
    sheet_cells(row, cell);
    return tsl__crm_parts_put(&of->parts, cell, &err);
}

/* So many rows with ids of four characters. */
static void put_rows(made_parts *of, int count)
{
    for (int i = 0; i < count; i++) {
        char id[16];
        snprintf(id, sizeof id, "c%03d", i);
        assert_int_equal(put(of, id), TSL_OK);
    }
}

static void close_parts(made_parts *of)
{
    tsl__crm_parts_free(&of->parts);
    tsl__crm_plan_close(&of->plan);
    for (size_t i = 0; i < of->out.file_count; i++) {
        free(of->out.file[i].name);
    }
    free(of->out.file);
}

/* Rows of each file, "2,2,1"; they are as the files say themselves. */
static void assert_files(made_parts *of, const char *rows)
{
    char all[256] = "";
    assert_int_equal(tsl__crm_parts_get(&of->parts, &of->out, &of->room, &err), TSL_OK);
    for (size_t i = 0; i < of->out.file_count; i++) {
        const tsl_export_file *file = &of->out.file[i];
        char name[32], hash[65];
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%d", i ? "," : "", (int)file->rows);
        snprintf(name, sizeof name, "some-%04zu%s", i + 1, of->target.form == TSL__CRM_FORM_CSV ? ".csv" : ".xlsx");
        assert_string_equal(file->name, name);
        const char *path = scratch_path(name);
        assert_int_equal(tsl_file_get_hash(&(tsl_source){.path = path}, hash, &err), TSL_OK);
        assert_string_equal(file->sha256, hash);
        struct stat about;
        assert_int_equal(stat(path, &about), 0);
        assert_int_equal(file->bytes, about.st_size);
        assert_true(file->bytes <= of->target.bytes && file->rows <= of->target.rows);
    }
    assert_string_equal(all, rows);
    assert_int_equal(of->running, 0);
}

static void split(tsl_crm crm, uint64_t rows, uint64_t bytes, int count, const char *expected)
{
    made_parts of;
    open_parts(&of, crm, rows, bytes);
    put_rows(&of, count);
    assert_int_equal(tsl__crm_parts_close(&of.parts, 1, &err), TSL_OK);
    assert_int_equal(of.parts.rows, count);
    assert_files(&of, expected);
    close_parts(&of);
    for (int i = 1; i < 9; i++) { /* the next begins anew */
        char name[32];
        snprintf(name, sizeof name, "some-%04d.%s", i,
                 tsl__crm_targets[crm].form == TSL__CRM_FORM_CSV ? "csv" : "xlsx");
        unlink(scratch_path(name));
    }
}

static void test_rows(void **state)
{
    (void)state;
    const tsl_crm crms[] = {TSL_CRM_ZOHO, TSL_CRM_FXIAOKE};
    for (size_t c = 0; c < 2; c++) {
        split(crms[c], 3, UINT64_MAX, 2, "2");
        split(crms[c], 3, UINT64_MAX, 3, "3");
        split(crms[c], 3, UINT64_MAX, 4, "3,1");
        split(crms[c], 3, UINT64_MAX, 6, "3,3");
        split(crms[c], 3, UINT64_MAX, 7, "3,3,1");
        split(crms[c], 1, UINT64_MAX, 3, "1,1,1");
        split(crms[c], 3, UINT64_MAX, 0, "0");
    }
}

/* Header and rows of 25 bytes each, line ends included. */
static void test_bytes(void **state)
{
    (void)state;
    const uint64_t header = strlen("Tesela_ID,Tesela_Reason,Tesela_Changed_On,Tesela_CLV,Tesela_Confidence\n"),
                   row = strlen("c000,x,2024-06-30,1,0.5\n");
    split(TSL_CRM_ZOHO, 100, header + 3 * row, 3, "3");
    split(TSL_CRM_ZOHO, 100, header + 3 * row, 4, "3,1");
    split(TSL_CRM_ZOHO, 100, header + 3 * row - 1, 3, "2,1");
    split(TSL_CRM_ZOHO, 100, header + 4 * row - 1, 7, "3,3,1");
    split(TSL_CRM_ZOHO, 2, header + 3 * row, 5, "2,2,1"); /* whichever comes first */
    split(TSL_CRM_ZOHO, 100, header + row, 2, "1,1");
}

static void test_row_without_room(void **state)
{
    (void)state;
    made_parts of;
    open_parts(&of, TSL_CRM_ZOHO, 100, 75);
    assert_int_equal(put(&of, "c000"), TSL_E_INPUT);
    assert_says(&err, "a row is longer than a file of Zoho CRM may be");
    close_parts(&of);
}

static void test_no_rows(void **state)
{
    (void)state;
    made_parts of;
    open_parts(&of, TSL_CRM_CSV, 3, UINT64_MAX);
    assert_int_equal(tsl__crm_parts_close(&of.parts, 0, &err), TSL_OK);
    assert_files(&of, "");
    assert_int_equal(tsl__crm_parts_close(&of.parts, 1, &err), TSL_OK);
    assert_files(&of, "0");
    close_parts(&of);
}

/* The first file cannot be what was meant once it is read back: it says so, whatever became of the others. */
static void test_a_file_that_fails(void **state)
{
    (void)state;
    made_parts of;
    open_parts(&of, TSL_CRM_ZOHO, 3, UINT64_MAX);
    put_rows(&of, 2);
    of.parts.open->sheet.digest++;
    put_rows(&of, 4);
    assert_int_equal(of.failed, 1);
    assert_int_equal(tsl__crm_parts_close(&of.parts, 1, &err), TSL_OK);
    assert_int_equal(tsl__crm_parts_get(&of.parts, &of.out, &of.room, &err), TSL_E_INTERNAL);
    assert_says(&err, "some-0001.csv: a cell reads back other than it was written");
    close_parts(&of);
}

/* Given up: closed files stay until their folder goes, the one under construction does not appear. */
static void test_given_up(void **state)
{
    (void)state;
    made_parts of;
    open_parts(&of, TSL_CRM_ZOHO, 3, UINT64_MAX);
    put_rows(&of, 4);
    close_parts(&of);
    assert_true(scratch_has(scratch_path("some-0001.csv")));
    assert_false(scratch_has(scratch_path("some-0002.csv")));
}

/* Tasks of a team give the same files as one thread. */
static void test_team(void **state)
{
    (void)state;
    made_parts of;
    tsl_status status = TSL_OK;
    open_parts(&of, TSL_CRM_FXIAOKE, 5, UINT64_MAX);
#pragma omp parallel num_threads(4)
#pragma omp single
    {
        put_rows(&of, 38);
        status = tsl__crm_parts_close(&of.parts, 1, &err);
    }
    assert_int_equal(status, TSL_OK);
    assert_files(&of, "5,5,5,5,5,5,5,3");
    close_parts(&of);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_rows),
        IN_SCRATCH(test_bytes),
        IN_SCRATCH(test_row_without_room),
        IN_SCRATCH(test_no_rows),
        IN_SCRATCH(test_a_file_that_fails),
        IN_SCRATCH(test_given_up),
        IN_SCRATCH(test_team),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
