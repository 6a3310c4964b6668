/* test_number_forms.c: the numbers of tables, as their files show how they are written. */
#include "table/cell/number_form.h"

#include "base/rng.h"
#include "help.h"

#define ONE TSL_DECIMAL_ONE

static const int64_t *amounts(const reading *r)
{
    return column(r, TSL_ROLE_AMOUNT)->integer;
}

static void test_marks(void **state)
{
    (void)state;
    static const struct {
        char delimiter;
        const char *cell[4];
        int64_t amount[4];
        const char *note; /* part of the only one; NULL: none */
    } cases[] = {
        {';', {"1.250", "1.234,50"}, {1250 * ONE, 12345000}, "the decimal mark is the comma, as \"1.234,50\""},
        {';', {"12,50", "0,75"}, {125000, 7500}, NULL},
        {';', {"1.250", "12.50"}, {12500, 125000}, NULL},
        {',',
         {"1.250", "2.500"},
         {12500, 25000},
         "2 numbers such as \"1.250\" (table.csv:2) are read with the point as"},
        {'\t', {"1.250", "2.500", "7"}, {12500, 25000, 7 * ONE}, "2 numbers such as \"1.250\""},
        {'|', {"1.250"}, {12500}, "\"1.250\" (table.csv:2) is read with the point as a decimal mark"},
        {'\t', {"1.250", "2.5"}, {12500, 25000}, NULL},
        {',', {"\"1,250\"", "5"}, {1250 * ONE, 5 * ONE}, "\"1,250\" (table.csv:2) is read with the comma as a"},
        {'\t', {"1 000.50", "1'000", "12万"}, {10005000, 1000 * ONE, 120000 * ONE}, "a word that multiplies"},
        {',',
         {"(12.50)", "12.50-",
          "\xE2\x88\x92"
          "1",
          "１２．５"},
         {-125000, -125000, -ONE, 125000},
         NULL},
        {',', {"2.5%", "12%"}, {250, 1200}, "all numbers have a percent sign"},
        {',', {"2.5%", "12"}, {250, 12 * ONE}, "1 of 2 numbers have a percent sign and are read as hundredths"},
        {',', {"3.5 net", "4net"}, {35000, 4 * ONE}, "all numbers have \"net\" behind them, which is left out: "},
        {',', {"1e3 $", "$5", "$6"}, {1000 * ONE, 5 * ONE, 6 * ONE}, NULL},
        {',', {"1e3", "5 USD"}, {1000 * ONE, 5 * ONE}, "1 of 2 numbers have no currency, such as \"1e3\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[400];
        const char d = cases[i].delimiter;
        int n = snprintf(text, sizeof text, "customer%cdate%camount\n", d, d);
        size_t rows = 0;
        for (; rows < 4 && cases[i].cell[rows]; rows++) {
            n += snprintf(text + n, sizeof text - (size_t)n, "a%c2020-01-01%c%s\n", d, d, cases[i].cell[rows]);
        }
        reading *r = read_text(TSL_TRANSACTIONS, text);
        for (size_t row = 0; row < rows; row++) {
            if (r->table->rows != rows || amounts(r)[row] != cases[i].amount[row]) {
                fail_msg("case %zu: %lld", i, (long long)amounts(r)[row]);
            }
        }
        const tsl_notes *notes = &r->table->info.notes;
        const char *slash = notes->count ? strstr(notes->text[0], "table.csv") : NULL;
        if (notes->count != (cases[i].note != NULL) || (cases[i].note && !slash && !has_line(notes, cases[i].note))) {
            fail_msg("case %zu: %s", i, notes->count ? notes->text[0] : "no note");
        }
        free_reading(r);
    }
}

static void test_refused(void **state)
{
    (void)state;
    refuse_text(TSL_TRANSACTIONS, "customer;date;amount\na;2020-01-01;10\nb;2020-01-02;47,920\n", TSL_E_INPUT,
                "table.csv:3: amount: \"47,920\" may be 47920 or 47.920");
    refuse_text(TSL_TRANSACTIONS, "customer;date;amount\na;2020-01-01;1.250\n", TSL_E_INPUT,
                "\"1.250\" may be 1250 or 1.250, and no number of the column tells which");
    refuse_text(TSL_TRANSACTIONS, "customer;date;quantity;price\na;2020-01-01;2;47,920\n", TSL_E_INPUT,
                "table.csv:2: price: \"47,920\" may be");
    refuse_text(TSL_TRANSACTIONS, "customer;date;amount\na;2020-01-01;12,50\nb;2020-01-01;12.50\nb;2020-01-01;1.250\n",
                TSL_E_INPUT, "--decimal point or --decimal comma");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,12kg\nb,2020-01-02,12.5o\n", TSL_E_INPUT,
                "is not a decimal number");
}

/* Another column of the file settles what one leaves open. */
static void test_common(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer;date;amount;cost\na;2020-01-01;1.250;0,75\n");
    assert_int_equal(amounts(r)[0], 1250 * ONE);
    assert_true(has_line(&r->table->info.notes, "decimal comma, which is known from elsewhere"));
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer;date;amount;cost\na;2020-01-01;1,250;0.75\n");
    assert_int_equal(amounts(r)[0], 1250 * ONE);
    assert_true(has_line(&r->table->info.notes, "the comma as a thousands separator"));
    free_reading(r);
}

static tsl_status run_declared(reading *r, tsl_decimal_mark mark, const char *like, const char *text)
{
    add_file(r, write_text("table.csv", text));
    r->opt.decimal = mark;
    r->opt.like = like;
    r->opt.max_rejects = 1;
    return run(r);
}

static void test_declared(void **state)
{
    (void)state;
    static const char open[] = "customer;date;amount\na;2020-01-01;1.250\nb;2020-01-01;5\n";
    reading *r = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(run_declared(r, TSL_DECIMAL_COMMA, NULL, open), TSL_OK);
    assert_int_equal(amounts(r)[0], 1250 * ONE);
    assert_int_equal(r->table->info.notes.count, 0);
    reading *next = new_reading(TSL_TRANSACTIONS); /* remembered */
    assert_int_equal(run_declared(next, TSL_DECIMAL_AUTO, tsl_table_get_reading(r->table), open), TSL_OK);
    assert_int_equal(amounts(next)[0], 1250 * ONE);
    free_reading(next);
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS); /* strict */
    assert_int_equal(run_declared(r, TSL_DECIMAL_POINT, NULL,
                                  "customer;date;amount\na;2020-01-01;1.250\n"
                                  "b;2020-01-01;12,50\n"),
                     TSL_OK);
    assert_int_equal(r->table->rows, 1);
    assert_int_equal(amounts(r)[0], 12500);
    assert_string_equal(r->reject[0].message, "\"12,50\" has a decimal comma, where --decimal point is said");
    free_reading(r);
    /* what was proven holds for the next month, too */
    r = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(run_declared(r, TSL_DECIMAL_AUTO, NULL, "customer;date;amount\na;2020-01-01;12,50\n"), TSL_OK);
    next = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(run_declared(next, TSL_DECIMAL_AUTO, tsl_table_get_reading(r->table), open), TSL_OK);
    assert_int_equal(amounts(next)[0], 1250 * ONE);
    free_reading(next);
    free_reading(r);
}

/* A file proves for itself only; a lookup is divided as its own file is, and all of it tells. */
static void test_files(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\na,2020-01-01,12.50\n"));
    add_file(r, write_text("2.csv", "customer;date;amount\nb;2020-01-02;47,920\n"));
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "2.csv:2: amount: \"47,920\" may be"));
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\na,2020-01-01,1.250\na,2020-01-01,12.50\n"));
    add_file(r, write_text("2.csv", "customer;date;amount\nb;2020-01-02;1.250\nb;2020-01-02;12,50\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(amounts(r)[0], 12500);
    assert_int_equal(amounts(r)[2], 1250 * ONE);
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,sku,quantity\na,2020-01-01,x,2\n"));
    r->lookup[r->opt.lookup_count++] =
        (tsl_lookup){.key = "sku", .source = source_of(write_text("3.csv", "sku;price\nx;47,920\n"))};
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "3.csv:2: price: \"47,920\" may be"));
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,sku,quantity\na,2020-01-01,x,2\n"));
    r->lookup[r->opt.lookup_count++] =
        (tsl_lookup){.key = "sku", .source = source_of(write_text("3.csv", "sku;price\nx;1.920\ny;0,5\n"))};
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(amounts(r)[0], 2 * 1920 * ONE);
    free_reading(r);
}

/* What a file shows another one that shows nothing is not read against, in whatever order they come; and what its own
 * columns show of it goes before. */
static void test_guessed(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
    } files[] = {{"comma.csv", "customer;date;amount;cost\na;2020-01-01;1.234,50;1\n"},
                 {"cost.csv", "customer;date;amount;cost\na;2020-01-01;3;1,5\n"},
                 {"open.csv", "customer,date,amount,cost\nb,2020-01-02,1.250,1\n"},
                 {"point.csv", "customer,date,amount,cost\nb,2020-01-02,1.250,1.5\n"},
                 {"whole.csv", "customer,date,amount,cost\nb,2020-01-02,7,1\n"}};
    static const struct {
        int one, other;
        const char *message; /* NULL: both are read */
    } cases[] = {{0, 2, "open.csv:2: amount: \"1.250\" may be 1250 or 1.250, and nothing in its file tells which"},
                 {1, 2, "but cost \"1,5\" ("},
                 {0, 3, NULL},
                 {0, 4, NULL},
                 {2, 3, NULL},
                 {2, 4, NULL}};
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        const int one = i % 2 ? cases[i / 2].one : cases[i / 2].other,
                  other = i % 2 ? cases[i / 2].other : cases[i / 2].one;
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text(files[one].name, files[one].text));
        add_file(r, write_text(files[other].name, files[other].text));
        assert_int_equal(run(r), cases[i / 2].message ? TSL_E_INPUT : TSL_OK);
        assert_true(!cases[i / 2].message || strstr(r->err.message, cases[i / 2].message));
        r->opt.decimal = TSL_DECIMAL_COMMA;
        tsl_table_free(r->table);
        r->table = NULL;
        r->opt.max_rejects = 1;
        if (cases[i / 2].message) {
            assert_int_equal(run(r), TSL_OK);
            assert_int_equal(r->table->rows, 2);
        }
        free_reading(r);
    }
}

/* The order of day and month that one file shows holds for another that shows none. */
static void test_dates(void **state)
{
    (void)state;
    for (int first = 0; first < 2; first++) {
        static const char *const names[] = {"shown.csv", "open.csv"};
        reading *r = new_reading(TSL_TRANSACTIONS);
        write_text("shown.csv", "customer,date,amount\na,31/12/2019,1\n");
        write_text("open.csv", "customer,date,amount\na,03/04/2020,1\n");
        add_file(r, path_of(names[first]));
        add_file(r, path_of(names[1 - first]));
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(column(r, TSL_ROLE_TIME)->integer[1 - first], INT64_C(18355) * 86400); /* 3 April */
        free_reading(r);
    }
}

/* Texts in memory are read as those of a file divided by commas. */
static void test_arrays(void **state)
{
    (void)state;
    static const char *const text[] = {"1.250", "12,50", "a"};
    static const int32_t who[] = {2, 2}, cells[] = {0, 1}, days[] = {18262, 18263};
    const tsl_array arrays[] = {
        {.name = "customer", .dtype = TSL_CODE32, .data = who, .level = text, .level_count = 3},
        {.name = "date", .dtype = TSL_DAY32, .data = days},
        {.name = "amount", .dtype = TSL_CODE32, .data = cells, .level = text, .level_count = 3},
    };
    tsl_table *table;
    tsl_error err;
    if (tsl_table_build(TSL_TRANSACTIONS, arrays, 3, 2, NULL, NULL, NULL, NULL, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    const tsl_column *amount = tsl_table_get_role(table, TSL_ROLE_AMOUNT);
    assert_int_equal(amount->integer[0], 1250 * ONE);
    assert_int_equal(amount->integer[1], 125000);
    tsl_table_free(table);
}

enum { LONG_ROWS = 150000 };

/* A file of several blocks: what its first rows show holds, and what its last ones show is not too late to be told. */
static void read_long(const char *first, const char *last, int threads, int by_customer, reading **out)
{
    static char text[LONG_ROWS * 26 + 200];
    size_t n = (size_t)sprintf(text, "customer;date;amount\nx;2020-01-01;%s\n", first);
    for (int i = 0; i < LONG_ROWS; i++) {
        n += (size_t)sprintf(text + n, "c%d;2020-01-01;1.%03d\n", i % 97, i % 1000);
    }
    n += (size_t)sprintf(text + n, "y;2020-01-01;%s\n", last);
    reading *r = *out = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_bytes("long.csv", text, n));
    r->exec.threads = threads;
    r->opt.by_customer = by_customer;
    run(r);
}

static void test_long(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 3; threads++) {
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            reading *r;
            read_long("12,50", "5", threads, by_customer, &r);
            assert_int_equal(r->err.status, TSL_OK);
            if (!by_customer) {
                assert_int_equal(amounts(r)[LONG_ROWS], 1999 * ONE);
            }
            free_reading(r);
            read_long("5", "12,50", threads, by_customer, &r); /* as it was assumed beside semicolons */
            assert_int_equal(r->err.status, TSL_OK);
            free_reading(r);
            read_long("5", "12.50", threads, by_customer, &r);
            assert_int_equal(r->err.status, TSL_E_INPUT);
            assert_non_null(strstr(r->err.message, "\"1.000\" ("));
            assert_non_null(strstr(r->err.message, "long.csv:3) was read with a decimal comma before \"12.50\" ("));
            assert_non_null(strstr(r->err.message, "long.csv:150003) showed a decimal point; say which"));
            free_reading(r);
        }
    }
}

/* However the lines of a long file stand: the same amount, or the file is refused. */
static void test_order(void **state)
{
    (void)state;
    enum { ROWS = 80000 };
    static const char *const tail[] = {"12,50", "5 ab", "7", "1.500"};
    static char text[ROWS * 24 + 200];
    static int at[ROWS];
    tsl__rng rng = tsl__rng_open(3, 1, 4);
    int refused = 0, read = 0;
    int64_t sum = 0;
    for (int round = 0; round < 12; round++) {
        for (int i = 0; i < ROWS; i++) {
            at[i] = i;
        }
        for (int i = 0; round && i < 4; i++) { /* the telling lines go anywhere */
            const int to = (int)tsl__rng_below(&rng, ROWS), was = at[to];
            at[to] = at[i];
            at[i] = was;
        }
        size_t n = (size_t)sprintf(text, "customer,date,amount\n");
        for (int i = 0; i < ROWS; i++) {
            n += (size_t)(at[i] < 4 && at[i] != 1 ? sprintf(text + n, "c,2020-01-01,\"%s\"\n", tail[at[i]])
                                                  : sprintf(text + n, "c,2020-01-01,1.%03d\n", at[i] % 1000));
        }
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_bytes("order.csv", text, n));
        if (run(r) == TSL_OK) {
            int64_t all = 0;
            for (int i = 0; i < ROWS; i++) {
                all += amounts(r)[i];
            }
            assert_true(read++ == 0 || all == sum);
            sum = all;
        } else {
            assert_non_null(strstr(r->err.message, "was read with a decimal point before \"12,50\""));
            refused++;
        }
        free_reading(r);
    }
    assert_true(read > 1 && refused > 1);
}

/* A suffix that not all have is none, be it that only later rows show it. */
static void test_late_suffix(void **state)
{
    (void)state;
    enum { ROWS = 80000 };
    static char text[ROWS * 26 + 200];
    for (int what = 0; what < 2; what++) {
        size_t n = (size_t)sprintf(text, "customer,date,amount\n");
        for (int i = 0; i < ROWS; i++) {
            n += (size_t)sprintf(text + n, "c,2020-01-01,%s\n", what ? "" : "5 ab");
        }
        sprintf(text + n, "c,2020-01-01,%s\n", what ? "5 ab" : "7");
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("suffix.csv", text));
        r->opt.max_rejects = 1;
        assert_int_equal(run(r), TSL_E_INPUT);
        assert_non_null(strstr(r->err.message, what ? "and all other numbers have \"ab\" behind them, which the first"
                                                    : "but not all of the 80001 numbers"));
        free_reading(r);
    }
}

static void test_customers(void **state)
{
    (void)state;
    refuse_text(TSL_CUSTOMERS, "customer;income;note\na;10;x, y\nb;47,920;z\nc;7;z\n", TSL_E_INPUT,
                "table.csv:3: income: \"47,920\" may be");
    refuse_text(TSL_CUSTOMERS, "customer;nps\na;1,000\nb;7\n", TSL_E_INPUT, "table.csv:2: nps: \"1,000\" may be");
    reading *r = read_text(TSL_CUSTOMERS, "customer,income\na,10\nb,\"47,920\"\nc,7\n");
    assert_true(has_line(&r->table->info.notes, "income: \"47,920\" ("));
    free_reading(r);
    /* texts that happen to look so are no numbers */
    r = read_text(TSL_CUSTOMERS, "customer;plan\na;1,000\nb;basic\nc;basic\nd;basic\n");
    assert_int_equal(r->table->info.notes.count, 0);
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "customer;income\na;1.250\nb;1.234,50\nc;7\n");
    const tsl_column *income = named(r, "income");
    assert_int_equal(income->type, TSL_TYPE_NUMBER);
    assert_true(income->number[0] == 1250 && income->number[1] == 1234.5);
    assert_non_null(strstr(tsl_table_get_reading(r->table), "\"shown_decimals\":{\"income\":\"comma\"}"));
    free_reading(r);
}

/* A line of totals that is no row shows how the file is written, too; and files have one suffix. */
static void test_other_rows(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,1.250\n,,\"12,50\"\n");
    assert_int_equal(amounts(r)[0], 1250 * ONE);
    assert_int_equal(r->table->rows, 1);
    free_reading(r);
    for (int first = 1; first <= 2; first++) {
        r = new_reading(TSL_TRANSACTIONS);
        write_text("1.csv", "customer,date,amount\na,2020-01-01,5 ab\n");
        write_text("2.csv", "customer,date,amount\nb,2020-01-02,7\n");
        add_file(r, path_of(first == 1 ? "1.csv" : "2.csv"));
        add_file(r, path_of(first == 1 ? "2.csv" : "1.csv"));
        assert_int_equal(run(r), TSL_E_INPUT);
        assert_non_null(strstr(r->err.message, "1.csv:2) and the others of its file have \"ab\" behind them"));
        free_reading(r);
    }
}

/* The name of the column and its cells multiply by the same: once, whichever of the cells say it again. */
static void test_multiplied_once(void **state)
{
    (void)state;
    static const struct {
        const char *header, *cell[3];
        int64_t amount; /* of all, whole */
        const char *note;
    } cases[] = {
        {"金额（万元）", {"1.2万", "3.5", "2万"}, 67000, "2 numbers have the word that the name of the column"},
        {"amount (k€)", {"1.2k", "3k", "2k"}, 6200, "and are multiplied once: \"1.2k\" ("},
        {"revenue ($m)", {"1.2M", "$3M", "2"}, 6200000, "2 numbers have"},
        {"Umsatz (T€)", {"1.2 Tsd", "3 Tsd", "2"}, 6200, "2 numbers have"},
        {"amount (USD thousands)", {"$1.2K", "$3K", "$2K"}, 6200, "3 numbers have"},
        {"amount (EUR)", {"1.2k", "3k", "2k"}, 6200, NULL},
        {"quantity (k pcs),price", {"1.2k,1", "3,1", "2k,1"}, 6200, "2 numbers have"},
        {"数量（万件）,单价（元）", {"1,3", "2,4", "1,1"}, 120000, NULL},
        {"quantity,单价（万元）", {"2,1.2万", "1,2.5", "1,1"}, 59000, "1 number has"},
        {"quantity (千件),price (cents)", {"1,300", "2,50", "1,100"}, 5000, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[400];
        int n = snprintf(text, sizeof text, "customer,date,%s\n", cases[i].header);
        for (size_t k = 0; k < 3; k++) {
            n += snprintf(text + n, sizeof text - (size_t)n, "a,2020-01-01,%s\n", cases[i].cell[k]);
        }
        reading *r = read_text(TSL_TRANSACTIONS, text);
        const int64_t all = amounts(r)[0] + amounts(r)[1] + amounts(r)[2];
        if (all != cases[i].amount * ONE) {
            fail_msg("%s: %lld", cases[i].header, (long long)all);
        }
        assert_true(has_line(&r->table->info.notes, cases[i].note ? cases[i].note : "multiplied once") ==
                    (cases[i].note != NULL));
        free_reading(r);
    }
    /* a cost that is known a piece */
    reading *r =
        read_text(TSL_TRANSACTIONS,
                  "customer,date,amount,quantity,unit cost (k€)\na,2020-01-01,9000,2,1.2k\na,2020-01-01,1,1,3\n");
    assert_int_equal(column(r, TSL_ROLE_COST)->integer[0], 2400 * ONE);
    assert_int_equal(column(r, TSL_ROLE_COST)->integer[1], 3000 * ONE);
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "customer,orders,total spent (k€)\na,1,1.2k\nb,2,3\nc,3,2k\n");
    assert_int_equal(column(r, TSL_ROLE_SPEND)->integer[0], 1200 * ONE);
    assert_int_equal(column(r, TSL_ROLE_SPEND)->integer[1], 3000 * ONE);
    free_reading(r);
}

/* By another factor than the name's: refused, wherever the cell stands. */
static void test_multiplied_otherwise(void **state)
{
    (void)state;
    static const char *const rows[] = {"a,2020-01-01,3k\n", "a,2020-01-01,2\n", "a,2020-01-01,1.2M\n"};
    for (int i = 0; i < 3; i++) {
        char text[200];
        snprintf(text, sizeof text, "customer,date,amount (k€)\n%s%s%s", rows[i], rows[(i + 1) % 3], rows[(i + 2) % 3]);
        refuse_text(TSL_TRANSACTIONS, text, TSL_E_INPUT,
                    "amount: column \"amount (k€)\" is by its name in \"k€\", but \"1.2M\" (");
    }
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount (cents)\na,2020-01-01,1.2k\n", TSL_E_INPUT,
                "multiplies by something else; name another column by --amount");
    refuse_text(TSL_TRANSACTIONS, "customer,date,quantity,unit cost (k€),amount\na,2020-01-01,1,1.2M,3\n", TSL_E_INPUT,
                "but \"1.2M\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,quantity,price\na,2020-01-01,1 dozen,3\n", TSL_E_INPUT,
                "is by its numbers in \"dozen\", which may multiply, or be what a price is for");
    refuse_text(TSL_CUSTOMERS, "customer,orders,total spent (k€)\na,1,1.2k\nb,2,3M\nc,3,2k\n", TSL_E_INPUT,
                "but \"3M\" (");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_common),
        cmocka_unit_test(test_declared),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_late_suffix),
        cmocka_unit_test(test_customers),
        cmocka_unit_test(test_other_rows),
        cmocka_unit_test(test_guessed),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_multiplied_once),
        cmocka_unit_test(test_multiplied_otherwise),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
