/* test_kept_blocks.c: blocks come back as they were cut, as often as is wanted. */
#include "table/source/kept_blocks.h"

#include "base/text.h"
#include "help.h"

static void same_blocks(const tsl__block *a, const tsl__block *b)
{
    assert_int_equal(a->count, b->count);
    if (a->count == 0) {
        return;
    }
    assert_memory_equal(a->bytes, b->bytes, a->count + 1); /* the line end behind them as well */
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->mistakes, b->mistakes);
    for (size_t i = 0; i < a->mistakes; i++) {
        assert_int_equal(a->mistake[i], b->mistake[i]);
    }
}

static void test_again(void **state)
{
    (void)state;
    enum { MOST = 64 };
    tsl__text text = {0};
    tsl__block cut[MOST] = {{0}}, back = {0};
    tsl__kept_blocks kept;
    tsl__csv *csv;
    size_t blocks = 0;
    tsl__text_puts(&text, "id,what\n");
    for (unsigned i = 0; i < 20000; i++) {
        tsl__text_printf(&text, i % 100 == 7 ? "%u,\"open by mistake\n" : "%u,a longer text\n", i);
    }
    const tsl_source from = source_of(write_text("t.csv", text.data));
    const tsl__csv_options opt = {.from = &from, .header = -1, .read_bytes = 16384};
    assert_int_equal(tsl__csv_open(&opt, &csv, NULL), TSL_OK);
    assert_int_equal(tsl__kept_blocks_open(folder, &kept, NULL), TSL_OK);
    do {
        assert_true(blocks < MOST);
        assert_int_equal(tsl__csv_cut(csv, &cut[blocks], NULL), TSL_OK);
        if (cut[blocks].count) {
            assert_int_equal(tsl__kept_blocks_write(&kept, &cut[blocks], NULL), TSL_OK);
        }
    } while (cut[blocks++].count);
    assert_true(blocks > 10 && cut[3].mistakes > 0);
    for (size_t i = 0; i < 2 * blocks; i++) {
        assert_int_equal(tsl__kept_blocks_read(&kept, &back, NULL), TSL_OK);
        same_blocks(&cut[i % blocks], &back);
    }
    for (size_t i = 0; i < blocks; i++) {
        tsl__block_free(&cut[i]);
    }
    tsl__block_free(&back);
    tsl__kept_blocks_free(&kept);
    tsl__csv_free(csv);
    tsl__text_free(&text);
}

static void test_no_folder(void **state)
{
    (void)state;
    tsl__kept_blocks kept;
    tsl_error err;
    assert_int_equal(tsl__kept_blocks_open("/nowhere", &kept, &err), TSL_E_IO);
    assert_non_null(strstr(err.message, "/nowhere: no temporary file can be made there"));
    tsl__kept_blocks_free(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_again), cmocka_unit_test(test_no_folder)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
