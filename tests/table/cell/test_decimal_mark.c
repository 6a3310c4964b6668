/* test_decimal_mark.c: what a column shows of its numbers, however its rows are cut into blocks. */
#include "table/cell/decimal_mark.h"

#include "base/notes.h"
#include "base/rng.h"
#include "help.h"
#include "table/cell/currency.h"

static void add(tsl__mark_evidence *e, const char *text, uint64_t line)
{
    tsl__figure figure;
    const tsl__span cell = tsl__span_make(text);
    tsl__mark_add(e, cell, tsl__cell_read(cell, TSL__MARK_NONE, &figure) ? NULL : &figure, "f.csv", line);
}

/* The cells up to a NULL stand from line 2 on. */
static tsl__mark_evidence gather(const char *const *cell)
{
    tsl__mark_evidence e = {0};
    for (uint64_t line = 2; *cell; cell++, line++) {
        add(&e, *cell, line);
    }
    return e;
}

#define NONE TSL__MARK_NONE
#define POINT TSL__MARK_POINT
#define COMMA TSL__MARK_COMMA
#define REFUSED 9

static void test_decisions(void **state)
{
    (void)state;
    static const struct {
        const char *cell[6];
        int by_comma, by_semicolon; /* in files divided by these */
        int notes_comma, notes_semicolon;
    } cases[] = {
        {{"12", "5"}, POINT, POINT, 0, 0},
        {{"12.50", "5"}, POINT, POINT, 0, 0},
        {{"1.250", "0.750"}, POINT, POINT, 0, 0},
        {{"1.250", "1.234,50"}, COMMA, COMMA, 1, 1}, /* 1250, not 1.25 */
        {{"1.250", "12,50"}, COMMA, COMMA, 1, 1},
        {{"12,50"}, COMMA, COMMA, 0, 0},
        {{"1.250", "2.500"}, POINT, REFUSED, 1, 0},
        {{"47,920", "5"}, POINT, REFUSED, 1, 0},
        {{"47,920", "1.234"}, REFUSED, REFUSED, 0, 0}, /* one is 1000 times what it seems */
        {{"47,920", "1,234,567"}, POINT, POINT, 0, 0},
        {{"47,920", "1,234.50"}, POINT, POINT, 0, 0},
        {{"47,920", "12.50"}, POINT, POINT, 0, 0},
        {{"12.50", "12,50"}, POINT, POINT, 1, 1}, /* each by its own */
        {{"12.50", "12,50", "1.250"}, REFUSED, REFUSED, 0, 0},
        {{"1 250", "1'250"}, POINT, POINT, 0, 0},
        {{"12.50", "12,5o"}, POINT, POINT, 0, 0}, /* what is no number of the column proves nothing */
        {{"1,250", "a,b", "?"}, POINT, REFUSED, 1, 0},
        {{"12,5 kg", "1.250 kg"}, COMMA, COMMA, 1, 1},
        {{"1.250 kg", "2.000 kg"}, POINT, REFUSED, 1, 0},
        {{NULL}, POINT, POINT, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__mark_evidence e = gather(cases[i].cell);
        for (int semicolon = 0; semicolon < 2; semicolon++) {
            tsl_notes notes = {0};
            tsl_error err;
            tsl__mark_reading how;
            const int expected = semicolon ? cases[i].by_semicolon : cases[i].by_comma;
            const tsl_status status =
                tsl__mark_decide(&e, "x", semicolon ? ';' : ',', TSL__MARK_NONE, TSL__MARK_NONE, &notes, &how, &err);
            if (status != (expected == REFUSED ? TSL_E_INPUT : TSL_OK) ||
                (status == TSL_OK && ((int)how.mark != expected || how.strict)) ||
                (int)notes.count != (semicolon ? cases[i].notes_semicolon : cases[i].notes_comma)) {
                fail_msg("case %zu by %c: status %d, mark %d, %zu notes", i, semicolon ? ';' : ',', (int)status,
                         (int)how.mark, notes.count);
            }
            tsl__notes_free(&notes);
        }
    }
}

/* What is declared wins and is strict; what is assumed settles what is open alone. */
static void test_given(void **state)
{
    (void)state;
    static const char *const open[] = {"1.250", "2.500", NULL}, *const point[] = {"1.250", "12.50", NULL},
                             *const both[] = {"1.250", "12.50", "12,50", NULL};
    tsl_notes notes = {0};
    tsl_error err;
    tsl__mark_reading how;
    tsl__mark_evidence e = gather(open);
    assert_int_equal(tsl__mark_decide(&e, "x", ';', COMMA, NONE, &notes, &how, &err), TSL_OK);
    assert_int_equal(how.mark, COMMA);
    assert_int_equal(notes.count, 1);
    assert_string_equal(notes.text[0], "x: 2 numbers such as \"1.250\" (f.csv:2) are read with a decimal comma, which "
                                       "is known from elsewhere");
    assert_int_equal(tsl__mark_decide(&e, "x", ';', POINT, NONE, &notes, &how, &err), TSL_OK);
    assert_int_equal(how.mark, POINT);
    e = gather(point);
    assert_int_equal(tsl__mark_decide(&e, "x", ';', COMMA, NONE, &notes, &how, &err), TSL_OK);
    assert_int_equal(how.mark, POINT);
    e = gather(both);
    assert_int_equal(tsl__mark_decide(&e, "x", ';', NONE, COMMA, &notes, &how, &err), TSL_OK);
    assert_int_equal(how.mark, COMMA);
    assert_true(how.strict);
    assert_int_equal(notes.count, 1);
    tsl__figure f;
    assert_int_equal(tsl__cell_read(tsl__span_make("12.50"), how.mark, &f), 0);
    assert_false(tsl__mark_admits(&how, &f));
    assert_int_equal(tsl__cell_read(tsl__span_make("1.250"), how.mark, &f), 0);
    assert_true(tsl__mark_admits(&how, &f));
    assert_int_equal(tsl__cell_read(tsl__span_make("12,50"), how.mark, &f), 0);
    assert_true(tsl__mark_admits(&how, &f));
    how.strict = 0;
    assert_int_equal(tsl__cell_read(tsl__span_make("12.50"), how.mark, &f), 0);
    assert_true(tsl__mark_admits(&how, &f));
    tsl__notes_free(&notes);
}

static void check_refusal(const char *const *cell, char delimiter, const char *message)
{
    tsl_notes notes = {0};
    tsl_error err;
    tsl__mark_reading how;
    const tsl__mark_evidence e = gather(cell);
    assert_int_equal(tsl__mark_decide(&e, "x", delimiter, NONE, NONE, &notes, &how, &err), TSL_E_INPUT);
    assert_string_equal(err.message, message);
}

static void check_note(const char *const *cell, char delimiter, const char *note)
{
    tsl_notes notes = {0};
    tsl_error err;
    tsl__mark_reading how;
    const tsl__mark_evidence e = gather(cell);
    assert_int_equal(tsl__mark_decide(&e, "x", delimiter, NONE, NONE, &notes, &how, &err), TSL_OK);
    assert_int_equal(notes.count, 1);
    assert_string_equal(notes.text[0], note);
    tsl__notes_free(&notes);
}

static void test_words(void **state)
{
    (void)state;
    check_refusal((const char *const[]){"5", "$47,920", "1.234", NULL}, ';',
                  "f.csv:3: x: \"$47,920\" may be $47920 or $47.920, and no number of the column tells which (2 such "
                  "in a file divided by \";\"); say which is right by --decimal point or --decimal comma (decimal: in "
                  "the configuration)");
    check_refusal((const char *const[]){"12,50", "1.250", "12.50", NULL}, ',',
                  "x: \"12.50\" (f.csv:4) has a decimal point, \"12,50\" (f.csv:2) a decimal comma, and \"1.250\" "
                  "(f.csv:3) may have either; say which is right by --decimal point or --decimal comma (decimal: in "
                  "the configuration), and the numbers that show the other are refused");
    check_refusal((const char *const[]){"1,234", "5", "1.234", "1.999", NULL}, '\t',
                  "x: \"1,234\" (f.csv:2; 1 such) may be 1234 or 1.234, and \"1.234\" (f.csv:4; 2 such) the other way "
                  "round, and no number of the column tells which; say which is right by --decimal point or --decimal "
                  "comma (decimal: in the configuration)");
    check_note((const char *const[]){"5", "47,920", NULL}, '|',
               "x: \"47,920\" (f.csv:3) is read with the comma as a thousands separator");
    check_note((const char *const[]){"$47,920", "1,234", NULL}, ',',
               "x: 2 numbers such as \"$47,920\" (f.csv:2) are read with the comma as a thousands separator");
    check_note((const char *const[]){"1.100", "7", "1.103", NULL}, '\t',
               "x: 2 numbers such as \"1.100\" (f.csv:2) are read with the point as a decimal mark");
    check_note((const char *const[]){"1.250", "12,50", NULL}, ';',
               "x: the decimal mark is the comma, as \"12,50\" (f.csv:3) shows; so \"1.250\" (f.csv:2) is read");
    check_note((const char *const[]){"12.50", "12,50", "0,5", NULL}, ';',
               "x: 1 numbers have a decimal point, such as \"12.50\" (f.csv:2), and 2 a decimal comma, such as "
               "\"12,50\" (f.csv:3); each is read by its own");
}

static void test_currency(void **state)
{
    (void)state;
    static const struct {
        const char *cell[6], *name; /* NULL: refused */
    } cases[] = {
        {{"5", "6"}, ""},
        {{"$5", "6"}, "$"},
        {{"$5", "US$6", "7"}, "USD"},
        {{"US$5", "$6"}, "USD"},
        {{"¥5", "6元", "￥7"}, "CNY"},
        {{"¥5", "JPY 6"}, "JPY"},
        {{"¥5", "6元", "JPY 7"}, NULL},
        {{"$5", "USD 6", "CAD 7"}, NULL},
        {{"$5", "€6"}, NULL},
        {{"$10", "C$20"}, NULL},
        {{"MX$200", "$10"}, NULL},
        {{"$10", "HK$20"}, NULL},
        {{"$10", "20 CAD"}, NULL},
        {{"C$10", "20 CAD"}, "CAD"},
        {{"5", "6", "€6", "7 GBP"}, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__mark_evidence e = gather(cases[i].cell);
        tsl_error err;
        int currency;
        const tsl__mark_cells *cell;
        const tsl_status status = tsl__mark_get_currency(&e, "x", &currency, &cell, &err);
        if (status != (cases[i].name ? TSL_OK : TSL_E_INPUT) ||
            strcmp(tsl__currency_get_name(currency), cases[i].name ? cases[i].name : "") != 0) {
            fail_msg("case %zu: status %d, %s", i, (int)status, tsl__currency_get_name(currency));
        }
        assert_true(!cell == (currency == TSL__CURRENCY_NONE || status != TSL_OK));
    }
    const tsl__mark_evidence e = gather((const char *const[]){"5", "¥6", "￥7", "8元", "JPY 9", NULL});
    tsl_error err;
    int currency;
    const tsl__mark_cells *cell;
    assert_int_equal(tsl__mark_get_currency(&e, "x", &currency, &cell, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "x is in more than one currency: \"8元\" (f.csv:5) is in CNY, \"JPY 9\" (f.csv:6) "
                                     "in JPY; amounts of different currencies do not add up");
}

/* Numbers that leave open what others name are counted. */
static void test_assumed(void **state)
{
    (void)state;
    static const struct {
        const char *cell[6], *note; /* NULL: none */
    } cases[] = {
        {{"5", "6"}, NULL},
        {{"€5", "6 EUR"}, NULL},
        {{"$5", "$6"}, NULL},
        {{"5", "€6", "7"},
         "x: 2 of 3 numbers have no currency, such as \"5\" (f.csv:2), and are taken to be in EUR, as "
         "\"€6\" (f.csv:3) is"},
        {{"¥5", "6元"},
         "x: \"¥5\" (f.csv:2) and its like are taken to be in CNY, as \"6元\" (f.csv:3) is, though several "
         "currencies have the sign ¥"},
        {{"$5", "€6", "7"}, NULL}, /* refused elsewhere */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__mark_evidence e = gather(cases[i].cell);
        tsl_notes notes = {0};
        tsl_error err;
        assert_int_equal(tsl__mark_note_currency(&e, "x", &notes, &err), TSL_OK);
        assert_int_equal(notes.count, cases[i].note != NULL);
        if (cases[i].note) {
            assert_string_equal(notes.text[0], cases[i].note);
            assert_int_equal(tsl__notes_get_found(&notes, 0)->kind, TSL_FINDING_ASSUMED_CURRENCY);
        }
        tsl__notes_free(&notes);
    }
}

static void test_marks(void **state)
{
    (void)state;
    tsl_notes notes = {0};
    tsl_error err;
    tsl__mark_evidence e = gather((const char *const[]){"2%", "3%", "4 %", NULL});
    assert_int_equal(tsl__mark_get_percent(&e), 1);
    e = gather((const char *const[]){"2", "3", NULL});
    assert_int_equal(tsl__mark_get_percent(&e), 0);
    assert_int_equal(tsl__mark_note(&e, "x", &notes, &err), TSL_OK);
    assert_int_equal(notes.count, 0);
    e = gather((const char *const[]){"2", "3%", "5k", "4+", NULL});
    assert_int_equal(tsl__mark_get_percent(&e), -1);
    assert_int_equal(tsl__mark_note(&e, "x", &notes, &err), TSL_OK);
    assert_int_equal(notes.count, 2);
    assert_string_equal(notes.text[0],
                        "x: 1 of 4 numbers have a percent sign and are read as hundredths, such as \"3%\" (f.csv:3)");
    assert_string_equal(notes.text[1], "x: 1 of 4 numbers have a word that multiplies, such as \"5k\" (f.csv:4)");
    tsl__notes_free(&notes);
}

static void test_texts(void **state)
{
    (void)state;
    static const struct {
        const char *cell[6], *suffix, *missing;
    } cases[] = {
        {{"35岁", "36岁", "7 岁"}, "岁", ""},
        {{"35岁", "36"}, "", ""},
        {{"35岁", "36年"}, "", ""},
        {{"3.5 kg", "?", "4 kg"}, "kg", "?"},
        {{"1", "2", "?", "3"}, "", "?"},
        {{"1", "2", "3", "n.a.", "n.a."}, "", "n.a."},
        {{"1", "2", "3", "n.a.", "?"}, "", ""}, /* not one text */
        {{"1", "?"}, "", ""},                   /* no more numbers than marks */
        {{"1", "2", "3", "refused to answer this question"}, "", ""},
        {{"a"}, "", ""},
        {{NULL}, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__mark_evidence e = gather(cases[i].cell);
        if (!tsl__span_equal(tsl__mark_get_suffix(&e), tsl__span_make(cases[i].suffix)) ||
            !tsl__span_equal(tsl__mark_get_missing(&e), tsl__span_make(cases[i].missing))) {
            fail_msg("case %zu: suffix of %zu bytes, missing of %zu", i, tsl__mark_get_suffix(&e).n,
                     tsl__mark_get_missing(&e).n);
        }
    }
}

static void assert_same_cells(const tsl__mark_cells *a, const tsl__mark_cells *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->line, b->line);
    assert_string_equal(a->text, b->text);
    assert_true(a->file == b->file);
}

static void assert_same(const tsl__mark_evidence *a, const tsl__mark_evidence *b)
{
    const tsl__mark_proof *const pa[] = {&a->bare, &a->suffixed}, *const pb[] = {&b->bare, &b->suffixed};
    const tsl__mark_text *const ta[] = {&a->suffix, &a->other}, *const tb[] = {&b->suffix, &b->other};
    assert_int_equal(a->count, b->count);
    for (int i = 0; i < 2; i++) {
        assert_same_cells(&pa[i]->point, &pb[i]->point);
        assert_same_cells(&pa[i]->comma, &pb[i]->comma);
        assert_same_cells(&pa[i]->open_point, &pb[i]->open_point);
        assert_same_cells(&pa[i]->open, &pb[i]->open);
        assert_same_cells(&pa[i]->open_comma, &pb[i]->open_comma);
        assert_same_cells(&ta[i]->cells, &tb[i]->cells);
        assert_int_equal(ta[i]->differ, tb[i]->differ);
        assert_int_equal(ta[i]->length, tb[i]->length);
        assert_memory_equal(ta[i]->bytes, tb[i]->bytes, ta[i]->length);
    }
    assert_same_cells(&a->unmarked, &b->unmarked);
    assert_same_cells(&a->percent, &b->percent);
    assert_same_cells(&a->scaled, &b->scaled);
    assert_same_cells(&a->rescaled, &b->rescaled);
    assert_int_equal(a->scale, b->scale);
    assert_int_equal(a->currencies, b->currencies);
    for (int i = 0; i < a->currencies; i++) {
        assert_int_equal(a->currency[i], b->currency[i]);
        assert_same_cells(&a->priced[i], &b->priced[i]);
    }
}

/* Cut into blocks that count lines from their own beginning, and joined in any grouping: the same evidence. */
static void test_blocks(void **state)
{
    (void)state;
    static const char *const pool[] = {
        "1250",
        "12.50",
        "12,50",
        "1.250",
        "1,250",
        "$5",
        "€5",
        "¥5",
        "5元",
        "JPY 5",
        "5 CAD",
        "2%",
        "12万",
        "3k",
        "1.2M",
        "35岁",
        "36岁",
        "5 kg",
        "?",
        "--",
        "a long text that is no mark for anything",
        "1.234,50",
        "1,25 kg",
        "x",
        "7 kilometres, of which none",
        "1 250",
    };
    enum { MOST = 40 };
    tsl__rng rng = tsl__rng_open(5, 1, 9);
    for (int round = 0; round < 3000; round++) {
        const int rows = 1 + (int)tsl__rng_below(&rng, MOST);
        const uint64_t kinds = 1 + tsl__rng_below(&rng, sizeof pool / sizeof *pool);
        const uint64_t first = tsl__rng_below(&rng, sizeof pool / sizeof *pool);
        const char *cell[MOST];
        tsl__mark_evidence whole = {0}, left = {0}, right = {0}, block[MOST];
        int blocks = 0, begin[MOST + 1] = {0};
        for (int i = 0; i < rows; i++) {
            cell[i] = pool[(first + tsl__rng_below(&rng, kinds)) % (sizeof pool / sizeof *pool)];
            add(&whole, cell[i], (uint64_t)i + 1);
        }
        for (int at = 0; at < rows; blocks++) {
            block[blocks] = (tsl__mark_evidence){0};
            begin[blocks] = at;
            const int end = at + (int)tsl__rng_below(&rng, 8); /* blocks may be empty */
            for (; at < end && at < rows; at++) {
                add(&block[blocks], cell[at], (uint64_t)(at - begin[blocks]) + 1);
            }
            if (blocks == MOST - 1) {
                for (; at < rows; at++) {
                    add(&block[blocks], cell[at], (uint64_t)(at - begin[blocks]) + 1);
                }
            }
        }
        for (int i = 0; i < blocks; i++) {
            tsl__mark_join(&left, &block[i], (uint64_t)begin[i]);
        }
        for (int i = blocks - 1; i >= 0; i--) { /* from the right: the evidence counts from its own first block */
            tsl__mark_evidence both = block[i];
            tsl__mark_join(&both, &right, i + 1 < blocks ? (uint64_t)(begin[i + 1] - begin[i]) : 0);
            right = both;
        }
        assert_same(&left, &whole);
        assert_same(&right, &whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decisions), cmocka_unit_test(test_given),   cmocka_unit_test(test_words),
        cmocka_unit_test(test_currency),  cmocka_unit_test(test_assumed), cmocka_unit_test(test_marks),
        cmocka_unit_test(test_texts),     cmocka_unit_test(test_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
