/* test_scored_rows.c: rows block by block are those of the file one by one, whichever thread scans them, up to what is
 * wrong in it. */
#include "crm/made_run.h"

#include "base/alloc.h"
#include "base/text.h"
#include "crm/scored_rows.h"

static tsl_error err;

#define ROWS 40000 /* several blocks */

/* What row i has: an id, a reason that is marked, quoted, both or neither, and the reason as it reads. */
static void put_reason(tsl__text *cell, size_t i)
{
    static const char *const reasons[] = {"plain", "=1+1", "a \"b\", c", "'=a, \"b\"", "", "two\nlines"};
    tsl__text_printf(cell, "%s%s", reasons[i % 6], i % 97 ? "" : "AndMoreOfItThanTheOthersHave");
}

static char *write_rows(size_t rows, const char *behind)
{
    tsl__text text = {0}, cell = {0};
    tsl__text_puts(&text, "customer_id,reason,segment_code\n");
    for (size_t i = 0; i < rows; i++) {
        tsl__text_printf(&text, "%09zu,", i);
        tsl__text_clear(&cell);
        put_reason(&cell, i);
        tsl__text_csv(&text, cell.length ? cell.data : "");
        tsl__text_puts(&text, i % 2 ? ",CHAMP\n" : ",LOYAL\r\n");
    }
    tsl__text_puts(&text, behind);
    char *path = tsl__strdup(scratch_path("segments.csv"));
    scratch_write(path, text.data, text.length);
    tsl__text_free(&text);
    tsl__text_free(&cell);
    return path;
}

/* Blocks of rows, as they are used: the calling thread is one of a region. How many rows there were before an end or an
 * error; each of them is as it was written, on its line. */
static size_t read_rows(tsl__scored_rows *rows, tsl_status *status)
{
    size_t row = 0;
    uint64_t at = 2, line = 0;
    tsl__text cell = {0};
    for (;; row++) {
        const tsl__span *got;
        *status = tsl__scored_rows_read(rows, &got, &line, &err);
        if (*status != TSL_OK || !got) {
            break;
        }
        char id[16];
        tsl__text_clear(&cell);
        put_reason(&cell, row);
        tsl__print(id, sizeof id, "%09zu", row);
        const tsl__span reason = {cell.length ? cell.data : "", cell.length};
        if (!tsl__span_equal(got[TSL__FIELD_ID], tsl__span_make(id)) ||
            !tsl__span_equal(got[TSL__FIELD_REASON], reason) || got[TSL__FIELD_TIER].n || line != at ||
            !tsl__span_equal(got[TSL__FIELD_SEGMENT], tsl__span_make(row % 2 ? "CHAMP" : "LOYAL")) ||
            got[TSL__FIELD_SEGMENT].s != got[TSL__FIELD_SEGMENT_LABEL].s) {
            fail_msg("row %zu, line %llu: \"%.*s\"", row, (unsigned long long)line, (int)got[TSL__FIELD_REASON].n,
                     got[TSL__FIELD_REASON].s);
        }
        at += row % 6 == 5 ? 2 : 1;
    }
    tsl__text_free(&cell);
    return row;
}

static size_t read_file(const char *path, int threads, tsl_status *status)
{
    tsl__scored_rows rows;
    size_t count = 0;
    assert_int_equal(tsl__scored_rows_open(path, &rows, &err), TSL_OK);
#pragma omp parallel num_threads(threads)
#pragma omp master
    count = read_rows(&rows, status);
    assert_true(tsl__scored_rows_get_position(&rows) > 0);
    tsl__scored_rows_close(&rows);
    return count;
}

static void test_rows_of_many_blocks(void **state)
{
    (void)state;
    char *path = write_rows(ROWS, "");
    for (int threads = 1; threads <= 4; threads++) {
        tsl_status status;
        assert_int_equal(read_file(path, threads, &status), ROWS);
        assert_int_equal(status, TSL_OK);
    }
    free(path);
}

/* Rows before what is wrong are read all the same, and the error is the same each time that it is asked for. */
static void test_rows_before_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *behind, *says;
    } cases[] = {{"x,CHAMP\n", "segments.csv:46668"}, {"x,\"y,CHAMP\n", "segments.csv:46668"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = write_rows(ROWS, cases[i].behind);
        for (int threads = 1; threads <= 3; threads += 2) {
            tsl_status status;
            assert_int_equal(read_file(path, threads, &status), ROWS);
            assert_int_equal(status, TSL_E_INPUT);
            assert_says(&err, cases[i].says);
        }
        free(path);
    }
}

/* Closed while a block is under way. */
static void test_closed_early(void **state)
{
    (void)state;
    char *path = write_rows(ROWS, "");
    for (int rows = 0; rows < 3; rows++) {
        tsl__scored_rows of;
        int read = 0;
        assert_int_equal(tsl__scored_rows_open(path, &of, &err), TSL_OK);
#pragma omp parallel num_threads(2)
#pragma omp master
        {
            const tsl__span *cell = NULL;
            uint64_t line;
            while (read < rows && tsl__scored_rows_read(&of, &cell, &line, &err) == TSL_OK && cell) {
                read++;
            }
        }
        tsl__scored_rows_close(&of);
        assert_int_equal(read, rows);
    }
    free(path);
}

static void test_no_rows(void **state)
{
    (void)state;
    tsl_status status;
    char *path = write_rows(0, "");
    assert_int_equal(read_file(path, 2, &status), 0);
    assert_int_equal(status, TSL_OK);
    free(path);
    tsl__scored_rows rows;
    assert_int_equal(tsl__scored_rows_open(scratch_path("none.csv"), &rows, &err), TSL_E_NOT_FOUND);
    tsl__scored_rows_close(&rows);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_rows_of_many_blocks),
        IN_SCRATCH(test_rows_before_an_error),
        IN_SCRATCH(test_closed_early),
        IN_SCRATCH(test_no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
