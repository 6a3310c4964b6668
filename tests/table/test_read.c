/* test_read.c: tables of transactions and interactions, whole. */
#include "base/calendar.h"
#include "base/rng.h"
#include "base/text.h"
#include "help.h"

static int64_t day(int y, int m, int d)
{
    return (int64_t)tsl__day_make(y, m, d) * TSL__DAY_SECONDS;
}

static const char plain[] = "CustomerID,InvoiceNo,InvoiceDate,Quantity,UnitPrice,StockCode,Country\n"
                            "0017,536365,2010-12-01 08:26:00,6,2.55,85123A,UK\n"
                            "0018,536366,2010-12-02 09:00:00,-1,$1,234,71053,FR\n"
                            "0017,536367,2010-12-03 10:30:00,2,0.3333,85123A,UK\n"
                            ",536368,2010-12-04 10:30:00,1,1,85123A,UK\n"
                            "0019,536369,never,1,1,85123A,UK\n"
                            "0019,536369,2010-12-05,1,\"12,5o\",85123A,UK\n"
                            "0019,536369,2010-12-05,,1,85123A,UK\n";

static void test_transactions(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("orders.csv", plain));
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    const tsl_table *t = r->table;
    assert_int_equal(t->info.read, 7);
    assert_int_equal(t->rows, 2);
    assert_int_equal(t->rejected_by[TSL_REJECT_NO_CUSTOMER], 1);
    assert_int_equal(t->rejected_by[TSL_REJECT_BAD_CELL], 3);
    assert_int_equal(t->rejected_by[TSL_REJECT_RAGGED], 1);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 153000);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[1], 6666);
    assert_string_equal(column(r, TSL_ROLE_AMOUNT)->name, "Quantity * UnitPrice");
    assert_int_equal(column(r, TSL_ROLE_QUANTITY)->integer[1], 20000);
    assert_int_equal(column(r, TSL_ROLE_TIME)->integer[0], day(2010, 12, 1) + 8 * 3600 + 26 * 60);
    const tsl_column *customer = column(r, TSL_ROLE_CUSTOMER);
    assert_int_equal(customer->dict_count, 1);         /* nobody whose rows are all rejected */
    assert_string_equal(text_at(customer, 0), "0017"); /* with its zeros */
    assert_int_equal(t->info.decimals, 4);
    assert_true(t->info.time_of_day && t->info.clock);
    assert_int_equal(t->info.first_time, day(2010, 12, 1) + 8 * 3600 + 26 * 60);
    assert_int_equal(t->info.last_time, day(2010, 12, 3) + 10 * 3600 + 30 * 60);
    assert_true(has_line(&t->info.understood, "customer: CustomerID (text)"));
    assert_true(has_line(&t->info.understood, "amount: Quantity * UnitPrice (decimal)"));
    assert_true(has_line(&t->info.understood, "not used: Country"));
    free_reading(r);
}

/* Times of day in a column of their own, in all ways of keeping rows. */
static void test_clock_columns(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "id,Order Date,Order Time,amount\na,31/01/2024,15:20,1\nb,01/02/2024,,1\nc,02/02/2024 08:30,15:20,1\n"
        "d,03/02/2024,noon,1\n",
        "会员号,日期,时间,金额\na,2024-01-31,下午3:20,1\nb,2024-02-01,,1\nc,2024-02-02 "
        "08:30,14时,1\nd,2024-02-03,x,1\n",
        "KUNNR,BUDAT,CPUTM,amount\na,20240131,152000,1\nb,20240201,,1\nc,202402020830,152000,1\nd,20240203,996000,1\n",
    };
    const int64_t times[] = {day(2024, 1, 31) + 15 * 3600 + 20 * 60, day(2024, 2, 1),
                             day(2024, 2, 2) + 8 * 3600 + 30 * 60, day(2024, 2, 3)};
    for (size_t i = 0; i < 2 * sizeof texts / sizeof *texts; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("clock.csv", texts[i / 2]));
        r->opt.by_customer = (int)(i % 2);
        r->exec.threads = 1 + (int)(i % 2);
        assert_int_equal(run(r), TSL_OK);
        assert_true(r->table->info.time_of_day && r->table->info.clock);
        assert_int_equal(r->table->info.first_time, times[0]);
        for (size_t row = 0; row < 4 && !r->opt.by_customer; row++) {
            assert_int_equal(column(r, TSL_ROLE_TIME)->integer[row], times[row]);
        }
        assert_true(has_line(&r->table->info.understood, "(time), with the time of day of "));
        assert_false(has_line(&r->table->info.understood, "not used"));
        assert_true(has_line(&r->table->info.notes, "time: 1 cell does not fit and is taken as missing ("));
        assert_true(has_line(&r->table->info.notes, "\" is no time of day such as 15:20"));
        assert_true(has_line(&r->table->info.notes, "2 of 4 dates have no time of day"));
        free_reading(r);
    }
    reading *r = read_text(TSL_TRANSACTIONS, "id,date,delivery time,amount\na,2024-01-31,15:20,1\n");
    assert_false(r->table->info.time_of_day);
    assert_true(has_line(&r->table->info.understood, "not used: delivery time"));
    free_reading(r);
}

/* Quotes behind a blank are those of the field: of ids, numbers, dates and texts alike. */
static void test_quotes_behind_blanks(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "\"CustomerID\", \"InvoiceDate\", \"amount\", \"category\"\n"
                                             "\"a\", \"2020-01-01\", \"1,234.50\", \"red\"\n"
                                             "a, 2020-01-02, 2, red\n");
    assert_int_equal(r->table->rows, 2);
    assert_int_equal(column(r, TSL_ROLE_CUSTOMER)->dict_count, 1);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 12345000);
    assert_int_equal(column(r, TSL_ROLE_TIME)->integer[0], day(2020, 1, 1));
    assert_int_equal(column(r, TSL_ROLE_CATEGORY)->dict_count, 1);
    assert_string_equal(text_at(column(r, TSL_ROLE_CATEGORY), 1), "red");
    free_reading(r);
}

/* Of many columns that are not used the first are named, and their number. */
static void test_names_of_unused_are_bounded(void **state)
{
    (void)state;
    static const size_t many[] = {20, 21, 4000};
    for (size_t k = 0; k < sizeof many / sizeof *many; k++) {
        const size_t unused = many[k];
        tsl__text text = {0};
        tsl__text_puts(&text, "CustomerID,InvoiceDate,amount");
        for (size_t i = 0; i < unused; i++) {
            tsl__text_printf(&text, ",u%04zu", i);
        }
        tsl__text_puts(&text, "\na,2020-01-01,5");
        for (size_t i = 0; i < unused; i++) {
            tsl__text_puts(&text, ",x");
        }
        tsl__text_puts(&text, "\n");
        reading *r = read_text(TSL_TRANSACTIONS, text.data);
        const tsl_notes *understood = &r->table->info.understood;
        const char *line = understood->text[understood->count - 1];
        char number[32];
        snprintf(number, sizeof number, "(%zu columns)", unused);
        assert_non_null(strstr(line, "not used: u0000, u0001, "));
        assert_int_equal(strstr(line, number) != NULL, unused > 20);
        assert_non_null(strstr(line, "u0019"));
        assert_int_equal(strstr(line, ", …") != NULL, unused > 100);
        assert_true(strlen(line) < 400);
        free_reading(r);
        tsl__text_free(&text);
    }
}

static void test_rejects_say_where(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("orders.csv", plain));
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    static const struct {
        uint64_t line;
        tsl_reject_kind kind;
        const char *column, *text, *message;
    } expected[] = {
        {3, TSL_REJECT_RAGGED, "", "0018,536366,2010-12-02 09:00:00,-1,$1,234,71053,FR", "8 fields instead of 7"},
        {5, TSL_REJECT_NO_CUSTOMER, "CustomerID", "", "is missing"},
        {6, TSL_REJECT_BAD_CELL, "InvoiceDate", "never",
         "\"never\" is not a date or time (2017-12-31, 31.12.2017, 12/31/2017 8:26 are)"},
        {7, TSL_REJECT_BAD_CELL, "UnitPrice", "12,5o", "\"12,5o\" is not a decimal number"},
        {8, TSL_REJECT_BAD_CELL, "Quantity", "", "is missing"},
    };
    assert_int_equal(r->rejects, 5);
    for (size_t i = 0; i < 5; i++) {
        const kept_reject *k = &r->reject[i];
        assert_string_equal(k->file, r->file[0].path);
        assert_int_equal(k->line, expected[i].line);
        assert_int_equal(k->kind, expected[i].kind);
        assert_string_equal(k->column, expected[i].column);
        assert_string_equal(k->text, expected[i].text);
        assert_string_equal(k->message, expected[i].message);
    }
    free_reading(r);
}

static void test_too_many_rejects(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("orders.csv", plain));
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "4 of 7 rows"));
    assert_non_null(strstr(r->err.message, "3 bad_cell, 1 ragged"));
    assert_non_null(strstr(r->err.message, "orders.csv:3: 8 fields instead of 7"));
    assert_non_null(strstr(r->err.message, "orders.csv:7: UnitPrice: \"12,5o\" is not a decimal number"));
    free_reading(r);
    /* rows without a customer are counted, not held against it */
    r = read_text(TSL_TRANSACTIONS, "customer,date,amount\n,2020-01-01,1\n,2020-01-01,1\na,2020-01-01,1\n");
    assert_int_equal(r->table->rejected_by[TSL_REJECT_NO_CUSTOMER], 2);
    free_reading(r);
}

static void test_refused(void **state)
{
    (void)state;
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\n", TSL_E_INPUT, "holds a header only");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\n,2020-01-01,1\n", TSL_E_INPUT,
                "none of the 1 rows can be used");
    refuse_text(TSL_TRANSACTIONS, "who,date,amount\na,2020-01-01,1\n", TSL_E_NOT_FOUND, "recognised as the customer");
    refuse_text(TSL_TRANSACTIONS, "customer,since,amount\na,2020-01-01,1\n", TSL_E_NOT_FOUND, "recognised as the time");
    refuse_text(TSL_TRANSACTIONS, "customer,date,x\na,2020-01-01,1\n", TSL_E_NOT_FOUND, "customer, date, x");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,\"2020-01-01,1\nand so on\n", TSL_E_INPUT,
                "table.csv:2: the quote");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,x,1\nb,y,1\n", TSL_E_INPUT, "2 of 2 rows");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-01-01,1,EUR\na,2020-01-01,1,USD\n",
                TSL_E_INPUT, "holds several currencies, \"EUR\" (");
    refuse_text(TSL_INTERACTIONS, "customer,kind\na,visit\n", TSL_E_NOT_FOUND, "recognised as the time");
}

/* The first sheet of an Excel export has rows of commas only at its end. */
static void test_blank_rows(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount\n\na,2020-01-01,1\n,,\n  \n,,\n");
    assert_int_equal(r->table->rows, 1);
    assert_int_equal(r->table->rejected_by[TSL_REJECT_NO_CUSTOMER], 2);
    assert_int_equal(r->table->info.read, 3);
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "id\na\n  \nb\n"); /* the one column is missing */
    assert_int_equal(r->table->rejected_by[TSL_REJECT_NO_CUSTOMER], 1);
    free_reading(r);
}

static void test_chinese(void **state)
{
    (void)state;
    reading *r =
        read_text(TSL_TRANSACTIONS,
                  "客户编号,订单号,下单时间,金额\n张三,A1,2024年1月2日,\"¥1,234.50\"\n李四,A2,2024年1月3日 10:20,未知\n"
                  "NA,A2,2024年1月3日,5\n王五,A3,2024年1月4日,1\n");
    assert_int_equal(r->table->rows, 2);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 12345000);
    assert_int_equal(column(r, TSL_ROLE_TIME)->integer[1], day(2024, 1, 4));
    assert_string_equal(text_at(column(r, TSL_ROLE_CUSTOMER), 0), "张三");
    assert_int_equal(r->table->info.time_of_day, 0);
    assert_int_equal(r->table->rejected_by[TSL_REJECT_NO_CUSTOMER], 1);
    free_reading(r);
}

/* Midnight alone is no time of day, and yet the column has them. */
static void test_clock(void **state)
{
    (void)state;
    static const struct {
        const char *csv;
        int time_of_day, clock;
    } cases[] = {
        {"customer,date,amount\na,2024-01-01,1\nb,2024-01-02,2\n", 0, 0},
        {"customer,date,amount\na,2024-01-01 00:00:00,1\nb,2024-01-02 00:00:00,2\n", 0, 1},
        {"customer,date,amount\na,2024-01-01,1\nb,2024-01-02 00:00,2\n", 0, 1},
        {"customer,date,amount\na,2024-01-01,1\nb,2024-01-02 10:00,2\n", 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = read_text(TSL_TRANSACTIONS, cases[i].csv);
        assert_int_equal(r->table->info.time_of_day, cases[i].time_of_day);
        assert_int_equal(r->table->info.clock, cases[i].clock);
        free_reading(r);
    }
}

static void test_bad_encoding(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r,
             write_text("t.csv",
                        "customer,date,amount\n食品,2020-01-01,1\n\xD6\xD0\xB9\xFA,2020-01-01,1\nok,2020-01-02,1\n"));
    r->opt.max_rejects = 0.5;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 2);
    assert_int_equal(r->reject[0].kind, TSL_REJECT_ENCODING);
    assert_int_equal(r->reject[0].line, 3);
    assert_string_equal(r->reject[0].text, "\xEF\xBF\xBD\xD0\xB9\xEF\xBF\xBD,2020-01-01,1");
    free_reading(r);
}

/* ---- Dates ------------------------------------------------------------- */

static void test_open_dates(void **state)
{
    (void)state;
    /* the last row proves the month to stand first, for those before it */
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount\na,3/4/2017,1\nb,3/5/2017,1\nc,4/30/2017,1\n");
    assert_int_equal(column(r, TSL_ROLE_TIME)->integer[0], day(2017, 3, 4));
    assert_int_equal(r->table->info.last_time, day(2017, 4, 30));
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer,date,amount\na,3/4/2017,1\nb,3/5/2017,1\nc,30/4/2017,1\n");
    assert_int_equal(column(r, TSL_ROLE_TIME)->integer[0], day(2017, 4, 3));
    free_reading(r);
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,3/4/2017,1\nb,3/5/2017,1\n", TSL_E_INPUT,
                "table.csv:2: \"3/4/2017\" reads as 2017-03-04 (month first) or 2017-04-03 (day first)");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,30/4/2017,1\nb,4/30/2017,1\n", TSL_E_INPUT,
                "table.csv:3: \"4/30/2017\" has the month first");
}

static void test_declared_dates(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,amount\na,3/4/2017,1\nb,30/4/2017,1\n"));
    r->opt.dates = TSL_DATES_MDY;
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_TIME)->integer[0], day(2017, 3, 4));
    assert_int_equal(r->table->rows, 1);
    assert_string_equal(r->reject[0].message, "\"30/4/2017\" is not a date or time with the month first");
    free_reading(r);
}

/* The order may be proven in another file. */
static void test_dates_over_files(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("a.csv", "customer,date,amount\na,3/4/2017,1\n"));
    add_file(r, write_text("b.csv", "customer,date,amount\na,4/30/2017,1\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_TIME)->integer[0], day(2017, 3, 4));
    free_reading(r);
}

static void test_as_of(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,amount\na,2017-03-03 23:59:59,1\nb,2017-03-04,2\nc,2017-03-05,4\n"));
    r->opt.as_of = tsl__day_make(2017, 3, 4);
    r->opt.max_rejects = 0; /* late rows do not count */
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 1);
    assert_int_equal(r->table->rejected_by[TSL_REJECT_AFTER_AS_OF], 2);
    assert_string_equal(r->reject[0].text, "2017-03-04");
    assert_string_equal(r->reject[0].column, "date");
    free_reading(r);
}

/* Open dates are late or not only when their order is known; row order in the file must not matter. */
static void test_as_of_with_open_dates(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "customer,date,amount\na,3/4/2017,1\nb,5/3/2017,2\ne,4/1/2017,16\nc,1/31/2017,4\nd,12/30/2017,8\n",
        "customer,date,amount\nd,12/30/2017,8\nc,1/31/2017,4\ne,4/1/2017,16\nb,5/3/2017,2\na,3/4/2017,1\n",
    };
    for (size_t i = 0; i < 2; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", texts[i]));
        r->opt.as_of = tsl__day_make(2017, 4, 1); /* 3/4 is before as March the 4th, late as the 3rd of April */
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->rows, 2);
        int64_t sum = 0;
        for (size_t row = 0; row < 2; row++) {
            sum += column(r, TSL_ROLE_AMOUNT)->integer[row];
        }
        assert_int_equal(sum, 50000);
        assert_int_equal(column(r, TSL_ROLE_CUSTOMER)->dict_count, 2);
        assert_int_equal(r->table->info.last_time, day(2017, 3, 4));
        assert_int_equal(r->table->rejected_by[TSL_REJECT_AFTER_AS_OF], 3);
        free_reading(r);
    }
}

/* ---- Roles ------------------------------------------------------------- */

static void test_mapping(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "Who,When,Qty,Unit Price,Rabatt\nx,2020-01-01,3,2.50,0.10\ny,2020-01-02,1,4,\n"));
    map_role(r, TSL_ROLE_CUSTOMER, "who");
    map_role(r, TSL_ROLE_TIME, "When");
    map_role(r, TSL_ROLE_AMOUNT, "Qty * \"Unit Price\" * (1 - Rabatt)");
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 1);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 67500);
    assert_string_equal(column(r, TSL_ROLE_AMOUNT)->name, "Qty * \"Unit Price\" * (1 - Rabatt)");
    assert_string_equal(r->reject[0].column, "Rabatt");
    free_reading(r);
}

static void refuse_map(tsl_role role, const char *source, const char *message)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,amount,Price\na,2020-01-01,1,2\n"));
    map_role(r, role, source);
    tsl_status st = run(r);
    if (st != TSL_E_OPTION || !strstr(r->err.message, message)) {
        fail_msg("%s: %s", source, r->err.message);
    }
    free_reading(r);
}

static void test_bad_mapping(void **state)
{
    (void)state;
    refuse_map(TSL_ROLE_AMOUNT, "Amuont", "did you mean \"amount\"?");
    refuse_map(TSL_ROLE_AMOUNT, "2 * Prize", "did you mean \"Price\"?\n  2 * Prize\n      ^");
    refuse_map(TSL_ROLE_AMOUNT, "2 *", "amount: ");
    refuse_map(TSL_ROLE_CUSTOMER, "client", "customer: ");
    refuse_map(TSL_ROLE_CUSTOMER, "amount * 2", "has no column"); /* no expression for a text */
    refuse_map(TSL_ROLE_KIND, "amount", "have no role \"kind\"");
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,amount\na,2020-01-01,1\n"));
    map_role(r, TSL_ROLE_AMOUNT, "amount");
    map_role(r, TSL_ROLE_AMOUNT, "1");
    assert_int_equal(run(r), TSL_E_OPTION);
    assert_non_null(strstr(r->err.message, "mapped twice"));
    free_reading(r);
}

/* A price is the amount where there is nothing to multiply it by, and has no say where there is an amount. */
static void test_price(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,price\na,2020-01-01,5\n");
    assert_string_equal(column(r, TSL_ROLE_AMOUNT)->name, "price");
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_PRICE));
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer,date,price,qty,total,unit_cost\na,2020-01-01,5,3,14,2.5\n");
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 140000);
    assert_int_equal(column(r, TSL_ROLE_COST)->integer[0], 75000);
    assert_string_equal(column(r, TSL_ROLE_COST)->name, "qty * unit_cost");
    free_reading(r);
}

static void test_quoted_product(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,Unit Price,Order Qty\na,2020-01-01,5,3\n");
    assert_string_equal(column(r, TSL_ROLE_AMOUNT)->name, "\"Order Qty\" * \"Unit Price\"");
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 150000);
    free_reading(r);
}

/* A quantity that is an expression, and a price whose name has to be quoted. */
static void test_product_of_expressions(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,\"Price (\"\"net\"\")\",Packs\na,2020-01-01,5,3\n"));
    map_role(r, TSL_ROLE_QUANTITY, "Packs * 10 - 1");
    assert_int_equal(run(r), TSL_OK);
    assert_string_equal(column(r, TSL_ROLE_AMOUNT)->name, "(Packs * 10 - 1) * \"Price (\"\"net\"\")\"");
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 1450000);
    free_reading(r);
}

static void test_expression_without_value(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,total,n\na,2020-01-01,5,2\na,2020-01-02,5,0\na,2020-01-03,5,\n"
                                    "a,2020-01-04,900000000000000,0.0001\n"));
    map_role(r, TSL_ROLE_AMOUNT, "total / n");
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 1);
    assert_string_equal(r->reject[0].column, "total / n");
    assert_string_equal(r->reject[0].message, "divides by zero");
    assert_string_equal(r->reject[1].column, "n");
    assert_string_equal(r->reject[1].message, "is missing");
    assert_string_equal(r->reject[2].message, "is too large");
    free_reading(r);
}

static void test_text_behind_a_quote(void **state)
{
    (void)state;
    reading *r =
        read_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,1\n\"b\"x,2020-01-02,1\nc,2020-01-03,1\n");
    assert_int_equal(r->table->rows, 2);
    assert_int_equal(r->reject[0].kind, TSL_REJECT_RAGGED);
    assert_int_equal(r->reject[0].line, 3);
    assert_string_equal(r->reject[0].message, "text follows the closing quote of field 1");
    assert_string_equal(r->reject[0].text, "\"b\"x,2020-01-02,1");
    free_reading(r);
}

static void test_one_currency(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS,
                           "customer,date,amount,currency\na,2020-01-01,1,EUR\nb,2020-01-01,1,EUR\nc,2020-01-01,1,\n");
    assert_int_equal(column(r, TSL_ROLE_CURRENCY)->dict_count, 1);
    assert_int_equal(column(r, TSL_ROLE_CURRENCY)->missing, 1);
    free_reading(r);
}

static void test_optional_cells(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount,quantity,channel\n"
                                             "a,2020-01-01,1,two,web\nb,2020-01-01,1,,\nc,2020-01-01,1,3,NULL\n");
    assert_int_equal(r->table->rows, 3);
    const tsl_column *q = column(r, TSL_ROLE_QUANTITY);
    assert_true(q->integer[0] == TSL_MISSING_INT && q->integer[1] == TSL_MISSING_INT && q->integer[2] == 30000);
    assert_int_equal(q->missing, 2);
    assert_int_equal(column(r, TSL_ROLE_CHANNEL)->missing, 2);
    assert_int_equal(column(r, TSL_ROLE_CHANNEL)->dict_count, 1);
    assert_true(has_line(&r->table->info.notes, "quantity: 1 cell does not fit and is taken as missing"));
    assert_true(has_line(&r->table->info.notes, "\"two\" is not a decimal number"));
    free_reading(r);
}

static void test_rounded(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS,
                           "customer,date,amount\na,2020-01-01,1.00005\nb,2020-01-01,1.00015\nc,2020-01-01,1.5\n"
                           "d,2020-01-01,1.50000\n");
    assert_int_equal(r->table->info.rounded, 2);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 10000);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[1], 10002);
    assert_true(has_line(&r->table->info.notes, "2 amounts"));
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,1.50\n");
    assert_int_equal(r->table->info.decimals, 1);
    free_reading(r);
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,922337203685478\n", TSL_E_INPUT, "is too large");
}

/* Exactly the amounts and costs of used rows that have a digit behind the fourth decimal. */
static void test_rounded_is_exact(void **state)
{
    (void)state;
    enum { ROWS = 3000 };
    tsl__text text = {0};
    tsl__rng rng = tsl__rng_open(11, 1, 1);
    uint64_t expected = 0, used = 0;
    tsl__text_puts(&text, "customer,date,amount,cost\n");
    for (int row = 0; row < ROWS; row++) {
        /* the last settles that the day stands first: until then, dates of the first two kinds are open, the
         * second of them late */
        static const char *const dates[] = {"01/02/2020", "03/12/2020", "2020-02-01", "never", "25/12/2020"};
        size_t kind = row + 1 < ROWS ? tsl__rng_below(&rng, 4) : 4;
        char cell[2][40];
        uint64_t rounded = 0;
        for (int i = 0; i < 2; i++) {
            uint64_t digits = tsl__rng_below(&rng, 100000000), decimals = tsl__rng_below(&rng, 8), scale = 1;
            for (uint64_t k = 0; k < decimals; k++) {
                scale *= 10;
            }
            uint64_t fraction = digits % scale, rest = 1;
            for (uint64_t k = 4; k < decimals; k++) {
                rest *= 10;
            }
            rounded += fraction % rest != 0;
            if (decimals) {
                sprintf(cell[i], "%llu.%0*llu", (unsigned long long)(digits / scale), (int)decimals,
                        (unsigned long long)fraction);
            } else {
                sprintf(cell[i], "%llu", (unsigned long long)digits);
            }
        }
        int is_used = kind == 0 || kind == 2;
        used += (uint64_t)is_used;
        expected += is_used ? rounded : 0;
        tsl__text_printf(&text, "c,%s,%s,%s\n", dates[kind], cell[0], cell[1]);
    }
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("table.csv", text.data));
    r->opt.max_rejects = 1;
    r->opt.as_of = tsl__day_make(2020, 6, 1);
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, used);
    assert_true(expected > 500);
    assert_int_equal(r->table->info.rounded, expected);
    free_reading(r);
    tsl__text_free(&text);
    /* of a product, the product is what is rounded; a value that is too large is none */
    r = read_text(TSL_TRANSACTIONS, "customer,date,quantity,unit price,cost\na,2020-01-01,4,0.12345,1\n"
                                    "a,2020-01-01,3,0.12345,1.00001\nb,2020-01-01,1,2,922337203685478.00001\n");
    assert_int_equal(r->table->info.rounded, 2);
    assert_int_equal(column(r, TSL_ROLE_COST)->missing, 1);
    free_reading(r);
}

/* ---- Lookups ----------------------------------------------------------- */

static const char sales[] = "OrderDate,CustomerKey,ProductKey,OrderQuantity\n"
                            "2017-01-01,11,A,2\n2017-01-02,12,B,1\n2017-01-03,11,C,1\n";

static reading *new_lookup(const char *products)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("sales.csv", sales));
    r->lookup[0] = (tsl_lookup){source_of(write_text("products.csv", products)), "ProductKey", NULL};
    r->opt.lookup_count = 1;
    r->opt.max_rejects = 1;
    return r;
}

static void test_lookup(void **state)
{
    (void)state;
    reading *r = new_lookup("ProductKey,Name,ProductPrice,ProductCost\nA,x,2.5,1.1\nB,y,10,9\nA,again,2.5,1.1\n");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 2);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 50000);
    assert_int_equal(column(r, TSL_ROLE_COST)->integer[0], 22000);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[1], 100000);
    assert_string_equal(r->reject[0].column, "ProductKey");
    assert_string_equal(r->reject[0].text, "C");
    assert_non_null(strstr(r->reject[0].message, "\"C\" is not in "));
    assert_non_null(strstr(r->reject[0].message, "products.csv"));
    assert_int_equal(r->table->info.file_count, 2);
    assert_int_equal(r->table->file[1].rows, 3);
    assert_int_equal(strlen(r->table->file[1].sha256), 64);
    free_reading(r);
}

/* Keys that are not there are counted and one is shown, also where the column is optional or nothing is left. */
static void test_missing_keys(void **state)
{
    (void)state;
    char line[600];
    static const char what[] = "2 keys of \"ProductKey\" (in 3 rows) are not in %s, the first \"X7\" (%s:3)%s";
    for (int optional = 0; optional < 2; optional++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("s.csv", "date,customer,ProductKey,amount\n2020-01-01,a,A,1\n2020-01-01,b,X7,1\n"
                                        "2020-01-01,c,Y,1\n2020-01-01,d,X7,1\n2020-01-01,e,,1\n"));
        r->lookup[0] =
            (tsl_lookup){source_of(write_text("p.csv", "ProductKey,Price,Class\nA,2,c\n")), "ProductKey", NULL};
        r->opt.lookup_count = 1;
        r->opt.max_rejects = 1;
        map_role(r, optional ? TSL_ROLE_CATEGORY : TSL_ROLE_AMOUNT, optional ? "Class" : "Price");
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->rows, optional ? 5 : 1);
        snprintf(line, sizeof line, what, path_of("p.csv"), path_of("s.csv"), "; what is looked up is missing there");
        assert_true(has_line(&r->table->info.notes, line));
        free_reading(r);
    }
    reading *r = new_lookup("ProductKey,ProductPrice\nA,2.5\nB,1\n");
    r->opt.max_rejects = 0.1;
    assert_int_equal(run(r), TSL_E_INPUT);
    snprintf(line, sizeof line, "; 1 key of \"ProductKey\" (in 1 row) is not in %s, the first \"C\"",
             path_of("products.csv"));
    assert_non_null(strstr(r->err.message, "over the 10 % that --max-rejects allows"));
    assert_non_null(strstr(r->err.message, line));
    free_reading(r);
    r = new_lookup("ProductKey,ProductPrice\nA,2.5\nB,1\nC,4\n");
    assert_int_equal(run(r), TSL_OK);
    assert_false(has_line(&r->table->info.notes, "not in"));
    free_reading(r);
}

static void test_bad_lookups(void **state)
{
    (void)state;
    reading *r = new_lookup("ProductKey,ProductPrice\nA,2.5\nB,1\nA,3\n");
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(
        strstr(r->err.message, "products.csv:4: ProductKey \"A\" stands on line 2 with another ProductPrice"));
    free_reading(r);
    r = new_lookup("Key,ProductPrice\nA,2.5\n");
    assert_int_equal(run(r), TSL_E_OPTION);
    assert_non_null(strstr(
        r->err.message, "no key column \"ProductKey\" (file_key names another); the columns are: Key, ProductPrice"));
    free_reading(r);
    r = new_lookup("ProductKey,ProductPrice\nA,2.5\n");
    r->lookup[0].key = "ProdKey";
    assert_int_equal(run(r), TSL_E_OPTION);
    assert_non_null(strstr(r->err.message, "no key column \"ProdKey\""));
    free_reading(r);
    r = new_lookup("ProductKey,ProductPrice\nA,2.5\n");
    r->lookup[0].file_key = "ProductKey";
    r->lookup[0].key = "ProdutKey";
    assert_int_equal(run(r), TSL_E_OPTION);
    assert_non_null(strstr(r->err.message, "did you mean \"ProductKey\"?"));
    free_reading(r);
    r = new_lookup("ProductKey,ProductPrice\nA,2.5\nB,1\n,7\nC,\"1\nD,3\nE\n");
    assert_int_equal(run(r), TSL_OK);
    assert_true(has_line(&r->table->info.notes, "3 rows without a key, of the wrong length, with a stray quote"));
    free_reading(r);
}

/* product -> subcategory -> category: the second lookup goes by a column of the first. */
static void test_chained_lookups(void **state)
{
    (void)state;
    reading *r = new_lookup("ProductKey,ProductPrice,Sub\nA,1,s1\nB,1,s2\nC,1,s9\n");
    r->lookup[1] = (tsl_lookup){source_of(write_text("subs.csv", "Id,Category\ns1,Bikes\ns2,Hats\n")), "Sub", "Id"};
    r->opt.lookup_count = 2;
    assert_int_equal(run(r), TSL_OK);
    const tsl_column *c = column(r, TSL_ROLE_CATEGORY);
    assert_string_equal(text_at(c, 0), "Bikes");
    assert_string_equal(text_at(c, 1), "Hats");
    assert_null(text_at(c, 2)); /* optional: missing */
    free_reading(r);
}

/* ---- Files ------------------------------------------------------------- */

/* The columns of a table split in two files, also with other column orders, are those of the whole. */
static void test_several_files(void **state)
{
    (void)state;
    reading *one =
        read_text(TSL_TRANSACTIONS, "customer,date,amount\nb,2020-01-01,1\na,2020-01-02,2\nc,2020-01-03,3\n");
    reading *two = new_reading(TSL_TRANSACTIONS);
    add_file(two, write_text("1.csv", "customer,date,amount\nb,2020-01-01,1\n"));
    add_file(two, write_text("2.csv", "Date;AMOUNT;extra;Customer\n2020-01-02;2;;a\n2020-01-03;3;;c\n"));
    assert_int_equal(run(two), TSL_OK);
    assert_int_equal(two->table->rows, 3);
    for (size_t i = 0; i < one->table->column_count; i++) {
        const tsl_column *a = &one->table->column[i], *b = &two->table->column[i];
        assert_int_equal(a->role, b->role);
        for (size_t row = 0; row < 3; row++) {
            if (a->code) {
                assert_string_equal(text_at(a, row), text_at(b, row));
            } else {
                assert_int_equal(a->integer[row], b->integer[row]);
            }
        }
    }
    assert_int_equal(two->table->file[0].rows, 1);
    assert_int_equal(two->table->file[1].rows, 2);
    assert_int_equal(two->table->file[1].delimiter, ';');
    free_reading(one);
    free_reading(two);
}

/* A column that a required amount is made of is as much required in a later file as the amount. */
static void test_files_lack_operands(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,Quantity,UnitPrice\na,2020-01-01,2,3\n"));
    add_file(r, write_text("2.csv", "customer,date,Quantity\nb,2020-01-02,2\n"));
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_E_NOT_FOUND);
    assert_non_null(
        strstr(r->err.message, "2.csv: there is no column \"UnitPrice\", which is needed for the amount in "));
    free_reading(r);
    /* ... and so is the key by which it is looked up */
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,Quantity,sku\na,2020-01-01,2,x\n"));
    add_file(r, write_text("2.csv", "customer,date,Quantity\nb,2020-01-02,2\n"));
    r->opt.max_rejects = 1;
    r->lookup[r->opt.lookup_count++] =
        (tsl_lookup){.key = "sku", .source = source_of(write_text("3.csv", "sku,UnitPrice\nx,3\n"))};
    assert_int_equal(run(r), TSL_E_NOT_FOUND);
    assert_non_null(strstr(r->err.message, "2.csv: there is no column \"sku\", which is needed for the amount in "));
    free_reading(r);
}

static void test_file_of_a_header(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\na,2020-01-01,2\n"));
    add_file(r, write_text("2.csv", "customer,date,amount\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->info.notes.count, 1);
    assert_true(has_line(&r->table->info.notes, "2.csv holds a header only, no row"));
    free_reading(r);
}

static void test_files_that_differ(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount,channel\nb,2020-01-01,1,web\n"));
    add_file(r, write_text("2.csv", "customer,date,amount\na,2020-01-02,2\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_CHANNEL)->missing, 1);
    assert_true(has_line(&r->table->info.notes, "has no column \"channel\""));
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\nb,2020-01-01,1\n"));
    add_file(r, write_text("2.csv", "customer,date,sum\na,2020-01-02,2\n"));
    assert_int_equal(run(r), TSL_E_NOT_FOUND);
    assert_non_null(strstr(r->err.message, "2.csv: there is no column \"amount\""));
    free_reading(r);
    /* without a header nothing is known of another number of columns */
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\nb,2020-01-01,1\n"));
    add_file(r, write_text("2.csv", "a,2020-01-02,2,5\nc,2020-01-02,3,5\n"));
    assert_int_equal(run(r), TSL_E_NOT_FOUND);
    assert_non_null(strstr(r->err.message, "; it has no header, and 4 columns in place of the 3 of "));
    free_reading(r);
    /* as `split` leaves it: the second part has no header */
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\nb,2020-01-01,1\n"));
    add_file(r, write_text("2.csv", "a,2020-01-02,2\nc,2020-01-02,3\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 3);
    assert_true(has_line(&r->table->info.notes, "2.csv has no header"));
    free_reading(r);
}

/* A column counts whichever file has it. */
static void test_columns_of_any_file(void **state)
{
    (void)state;
    static const char *const money[] = {"customer,date,amount\na,2020-01-01,1\n",
                                        "customer,date,amount,currency\na,2020-01-02,1,USD\n",
                                        "customer,date,amount,currency\na,2020-01-03,1,EUR\n"};
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < 6; i++) {
        reading *r = read_in_order(TSL_TRANSACTIONS, money, orders[i], 3, TSL_E_INPUT);
        assert_non_null(strstr(r->err.message, "several currencies"));
        free_reading(r);
    }
    static const char *const lines[] = {
        "customer,date,amount\na,2020-01-01,1\n", "customer,date,amount,order_id,status\na,2020-01-02,1,x,void\n",
        "{\"customer\":\"b\",\"date\":\"2020-01-03\",\"amount\":2,\"channel\":\"w\",\"order_id\":\"y\"}\n"};
    for (size_t i = 0; i < 6; i++) {
        reading *r = read_in_order(TSL_TRANSACTIONS, lines, orders[i], 3, TSL_OK);
        assert_int_equal(r->table->rows, 3);
        assert_int_equal(column(r, TSL_ROLE_ORDER)->missing, 1);
        assert_int_equal(column(r, TSL_ROLE_CHANNEL)->missing, 2);
        const tsl_notes *notes = &r->table->info.notes;
        assert_true(has_line(notes, "a.csv has no column \"order_id\"; it is missing there"));
        assert_true(has_line(notes, "2 of the 3 files have no column \"channel\", the first of them "));
        assert_true(has_line(notes, "2 of the 3 files have no column \"status\", the first of them "));
        size_t count = 0;
        const tsl_table_finding *found;
        for (size_t f = 0; (found = tsl_table_get_finding(r->table, f)); f++) {
            if (found->kind == TSL_FINDING_MISSING_COLUMN && strcmp(found->column, "channel") == 0) {
                assert_int_equal(found->count, 2);
                assert_non_null(strstr(found->example[0].file, ".csv"));
                count++;
            }
        }
        assert_int_equal(count, 1);
        free_reading(r);
    }
    static const char *const people[] = {"id,region,x\na,north,1\nb,south,1\n", "id,region,x,age\nc,north,1,30\n"};
    for (size_t i = 0; i < 2; i++) {
        reading *r = read_in_order(TSL_CUSTOMERS, people, (size_t[]){i, 1 - i}, 2, TSL_OK);
        const tsl_column *age = NULL;
        for (size_t c = 0; c < r->table->column_count; c++) {
            age = strcmp(r->table->column[c].name, "age") == 0 ? &r->table->column[c] : age;
        }
        assert_non_null(age);
        assert_int_equal(age->missing, 2);
        assert_true(age->number[2] == 30);
        free_reading(r);
    }
}

/* Codes of currencies under no telling name are found in any file: in one alone, and where another has none of them. */
static void test_codes_of_any_file(void **state)
{
    (void)state;
    static const char *const text[][3] = {
        {"customer,date,amount\na,2020-01-01,1\n", "customer,date,amount,x\na,2020-01-02,1,USD\nb,2020-01-02,1,USD\n",
         "customer,date,amount\nc,2020-01-03,1\n"},
        {"customer,date,amount,x\na,2020-01-01,1,\nb,2020-01-01,2,\n",
         "customer,date,amount,x\na,2020-01-02,1,USD\nb,2020-01-02,1,USD\n",
         "customer,date,amount,x\nc,2020-01-03,1,\n"},
    };
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < 12; i++) {
        reading *r = read_in_order(TSL_TRANSACTIONS, text[i / 6], orders[i % 6], 3, TSL_OK);
        assert_string_equal(column(r, TSL_ROLE_CURRENCY)->name, "x");
        assert_true(has_line(&r->table->info.notes, "\"x\" is taken for the currency, as its cells are codes of "
                                                    "currencies such as USD"));
        free_reading(r);
    }
    /* ... and of two currencies, each in a file of its own */
    static const char *const two[] = {"customer,date,amount,x\na,2020-01-01,1,EUR\n",
                                      "customer,date,amount,x\na,2020-01-02,1,USD\n"};
    for (size_t i = 0; i < 2; i++) {
        reading *r = read_in_order(TSL_TRANSACTIONS, two, (size_t[]){i, 1 - i}, 2, TSL_E_INPUT);
        assert_non_null(strstr(r->err.message, "several currencies"));
        free_reading(r);
    }
}

/* Row numbers that some files have are none of what the customers are. */
static void test_row_numbers_of_some_files(void **state)
{
    (void)state;
    char *text[2] = {calloc(1, 4096), calloc(1, 4096)};
    strcpy(text[0], "id,age\n");
    strcpy(text[1], ",id,age\n");
    for (int i = 0; i < 30; i++) {
        sprintf(text[0] + strlen(text[0]), "a%d,%d\n", i, 20 + i % 7);
        sprintf(text[1] + strlen(text[1]), "%d,b%d,%d\n", i, i, 20 + i % 7);
    }
    for (size_t i = 0; i < 2; i++) {
        reading *r = read_in_order(TSL_CUSTOMERS, (const char *const *)text, (size_t[]){i, 1 - i}, 2, TSL_OK);
        assert_int_equal(r->table->column_count, 2);
        assert_true(has_line(&r->table->info.notes, "c1 is left out: it numbers the rows"));
        free_reading(r);
    }
    free(text[0]);
    free(text[1]);
}

/* What a condition asks for is found in any file, and has to be in every one, but where it allows for that. */
static void test_condition_of_any_file(void **state)
{
    (void)state;
    static const char *const text[] = {"customer,date,amount\na,2020-01-01,1\n",
                                       "customer,date,amount,status\na,2020-01-02,1,void\na,2020-01-03,1,paid\n"};
    for (size_t i = 0; i < 4; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        r->opt.where = i < 2 ? "status != 'void'" : "coalesce(status, '') != 'void'";
        add_file(r, write_text(i % 2 ? "b.csv" : "a.csv", text[i % 2]));
        add_file(r, write_text(i % 2 ? "a.csv" : "b.csv", text[1 - i % 2]));
        assert_int_equal(run(r), i < 2 ? TSL_E_NOT_FOUND : TSL_OK);
        if (i < 2) {
            assert_non_null(
                strstr(r->err.message, "a.csv: there is no column \"status\", which the condition asks for (where: "));
        } else {
            assert_int_equal(r->table->rows, 2);
            assert_true(has_line(&r->table->info.notes, "a.csv has no column \"status\"; it is missing there"));
        }
        free_reading(r);
    }
}

/* What all files have is a role before what some have. */
static void test_roles_of_all_files(void **state)
{
    (void)state;
    static const char *const text[] = {"customer,order_date,amount\na,2020-01-01,1\n",
                                       "customer,order_date,amount,date\na,2020-01-02,1,2019-01-01\n"};
    for (size_t i = 0; i < 2; i++) {
        reading *r = read_in_order(TSL_TRANSACTIONS, text, (size_t[]){i, 1 - i}, 2, TSL_OK);
        assert_string_equal(column(r, TSL_ROLE_TIME)->name, "order_date");
        assert_true(has_line(&r->table->info.understood, "not used: date"));
        free_reading(r);
    }
    /* what only some have is required of all, and they are named */
    static const char *const other[] = {"customer,date,amount\na,2020-01-01,1\n",
                                        "customer,date,sum\na,2020-01-02,1\n"};
    for (size_t i = 0; i < 2; i++) {
        reading *r = read_in_order(TSL_TRANSACTIONS, other, (size_t[]){i, 1 - i}, 2, TSL_E_NOT_FOUND);
        assert_non_null(strstr(r->err.message, "b.csv: there is no column \"amount\", which is the amount in "));
        assert_non_null(strstr(r->err.message, "a.csv"));
        free_reading(r);
    }
}

/* What the files call otherwise is read of both by an expression that allows for either. */
static void test_columns_of_either(void **state)
{
    (void)state;
    static const char *const text[] = {"customer,date,amount (k€)\na,2020-01-01,1.5\n",
                                       "customer,date,amount\na,2020-01-02,70\n"};
    reading *r = read_in_order(TSL_TRANSACTIONS, text, (size_t[]){0, 1}, 2, TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "--amount \"coalesce(\\\"amount (k€)\\\" * 1000, amount)\""));
    free_reading(r);
    for (size_t i = 0; i < 2; i++) {
        r = new_reading(TSL_TRANSACTIONS);
        map_role(r, TSL_ROLE_AMOUNT, "coalesce(\"amount (k€)\" * 1000, amount)");
        write_text("a.csv", text[0]);
        write_text("b.csv", text[1]);
        add_file(r, path_of(i ? "b.csv" : "a.csv"));
        add_file(r, path_of(i ? "a.csv" : "b.csv"));
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[i], 1500 * TSL_DECIMAL_ONE);
        assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[1 - i], 70 * TSL_DECIMAL_ONE);
        free_reading(r);
    }
}

/* The header once more, in a file that lacks a column. */
static void test_header_again_without_a_column(void **state)
{
    (void)state;
    static const char *const text[] = {"customer,date,amount\na,2020-01-01,1\ncustomer,date,amount\na,2020-01-01,2\n",
                                       "customer,date,amount,channel\na,2020-01-02,1,web\n"};
    for (size_t i = 0; i < 2; i++) {
        reading *r = read_in_order(TSL_TRANSACTIONS, text, (size_t[]){i, 1 - i}, 2, TSL_OK);
        assert_int_equal(r->table->rows, 3);
        assert_int_equal(r->table->rejected_by[TSL_REJECT_DESCRIPTION], 1);
        free_reading(r);
    }
}

/* A pipe is read but once, and has its say all the same. */
static void test_columns_of_a_pipe(void **state)
{
    (void)state;
    static const char text[] = "customer,date,amount,order_id\na,2020-01-02,1,x\na,2020-01-02,1,x\n";
    int end[2];
    char name[32];
    assert_int_equal(pipe(end), 0);
    assert_int_equal(write(end[1], text, sizeof text - 1), (ssize_t)sizeof text - 1);
    assert_int_equal(close(end[1]), 0);
    snprintf(name, sizeof name, "/dev/fd/%d", end[0]);
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("a.csv", "customer,date,amount\na,2020-01-01,1\n"));
    add_file(r, name);
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(close(end[0]), 0);
    assert_int_equal(r->table->rows, 3);
    assert_int_equal(column(r, TSL_ROLE_ORDER)->missing, 1);
    assert_int_equal(r->table->file[1].rows, 2);
    assert_int_equal(strlen(r->table->file[1].sha256), 64);
    free_reading(r);
}

static void test_twice_the_same(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\nb,2020-01-01,1\n"));
    add_file(r, write_text("2.csv", "customer,date,amount\nb,2020-01-01,1\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_true(has_line(&r->table->info.notes, "2.csv holds the same bytes as "));
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\nb,2020-01-01,1\n"));
    r->file[r->files++] = r->file[0];
    assert_int_equal(run(r), TSL_OK);
    assert_true(has_line(&r->table->info.notes, "1.csv is given twice; its rows count twice"));
    free_reading(r);
}

static void test_no_header(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "x,2020-01-01,5\ny,2020-01-02,6\n"));
    map_role(r, TSL_ROLE_CUSTOMER, "c1");
    map_role(r, TSL_ROLE_TIME, "c2");
    map_role(r, TSL_ROLE_AMOUNT, "c3");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 2);
    assert_int_equal(r->table->file[0].header, 0);
    free_reading(r);
    refuse_text(TSL_TRANSACTIONS, "x,2020-01-01,5\ny,2020-01-02,6\n", TSL_E_NOT_FOUND, "c1, c2, c3");
}

/* A stream that breaks at once, and one that breaks amid the rows. */
static void test_broken_stream(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_bytes("t.csv.gz", "\x1F\x8B\x08\0\0\0\0\0\0\x03no deflate stream", 27));
    assert_int_equal(run(r), TSL_E_FORMAT);
    assert_non_null(strstr(r->err.message, "the gzip stream cannot be read"));
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\nb,2020-01-01,1\n"));
    add_file(r, write_bytes("2.csv.zst", "\x28\xB5\x2F\xFD\x24", 5));
    assert_int_equal(run(r), TSL_E_FORMAT);
    assert_non_null(strstr(r->err.message, "2.csv.zst: the zstd stream is cut short"));
    free_reading(r);
}

static void test_missing_file(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, path_of("none.csv"));
    assert_int_equal(run(r), TSL_E_NOT_FOUND);
    assert_non_null(strstr(r->err.message, "none.csv"));
    free_reading(r);
}

/* ---- Known customers, progress, options -------------------------------- */

static void test_orphans(void **state)
{
    (void)state;
    reading *known = new_reading(TSL_CUSTOMERS);
    add_file(known, write_text("c.csv", "customer,age\na,30\nc,40\n"));
    assert_int_equal(run(known), TSL_OK);
    for (int refuse = 0; refuse < 2; refuse++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r,
                 write_text("t.csv",
                            "customer,date,amount\na,2020-01-01,1\nb,2020-01-02,2\nb,2020-01-03,2\nc,2020-01-01,1\n"));
        r->known = known->table;
        r->opt.reject_orphans = refuse;
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->rows, refuse ? 2 : 4);
        assert_int_equal(r->table->info.orphans, refuse ? 0 : 2);
        assert_int_equal(r->table->rejected_by[TSL_REJECT_ORPHAN], refuse ? 2 : 0);
        assert_int_equal(column(r, TSL_ROLE_CUSTOMER)->dict_count, refuse ? 2 : 3);
        free_reading(r);
    }
    free_reading(known);
}

static int stop(void *user, const tsl_progress_event *event)
{
    int *calls = user;
    assert_string_equal(event->stage, "transactions");
    assert_true(event->fraction >= 0 && event->fraction <= 1);
    return ++*calls >= 1;
}

static void test_cancelled(void **state)
{
    (void)state;
    int calls = 0;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,amount\na,2020-01-01,1\n"));
    r->exec.report = stop;
    r->exec.user = &calls;
    assert_int_equal(run(r), TSL_E_CANCELLED);
    assert_int_equal(calls, 1);
    free_reading(r);
}

static tsl_status sleep_on_reject(void *user, const tsl_reject *reject, tsl_error *err)
{
    usleep(60000); /* so that the next event is due */
    return keep_reject(user, reject, err);
}

static int remember(void *user, const tsl_progress_event *event)
{
    *(tsl_progress_event *)user = *event;
    return 0;
}

/* Bytes and fraction run over all files. */
static void test_progress(void **state)
{
    (void)state;
    enum { ROWS = 1000 };
    char text[64 + ROWS * 16] = "customer,date,amount\n";
    for (int i = 0; i < ROWS; i++) {
        strcat(text, "a,2020-01-01,1\n");
    }
    tsl_progress_event last = {0};
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", text));
    memcpy(strstr(text, "\na") + 1, ",", 1); /* the first row has no customer and a field too many */
    add_file(r, write_text("2.csv", text));
    r->sink.write = sleep_on_reject;
    r->exec.report = remember;
    r->exec.user = &last;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(last.rows, 2 * ROWS);
    assert_int_equal(last.bytes, 2 * strlen(text));
    assert_true(last.fraction == 1);
    free_reading(r);
}

static tsl_status refuse_reject(void *user, const tsl_reject *reject, tsl_error *err)
{
    (void)user;
    (void)reject;
    snprintf(err->message, sizeof err->message, "disk full");
    return err->status = TSL_E_IO;
}

static void test_sink_stops(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,amount\n,2020-01-01,1\na,2020-01-01,1\n"));
    r->sink.write = refuse_reject;
    assert_int_equal(run(r), TSL_E_IO);
    assert_string_equal(r->err.message, "disk full");
    free_reading(r);
}

static void test_options(void **state)
{
    (void)state;
    const char *path = write_text("t.csv", "customer,date,amount\na,2020-01-01,1\n");
    for (int i = 0; i < 9; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, path);
        r->opt.max_rejects = i == 0 ? -0.1 : i == 1 ? 1.5 : i == 2 ? (double)NAN : 0.1;
        r->opt.delimiter = i == 3 ? 'x' : 0;
        r->opt.header = i == 4 ? -2 : -1;
        r->exec.threads = i == 5 ? -1 : 0;
        r->files = i == 6 ? 0 : 1;
        r->kind = i == 7 ? TSL_TABLE_KINDS : TSL_TRANSACTIONS;
        r->opt.dates = i == 8 ? (tsl_date_order)4 : TSL_DATES_AUTO;
        assert_int_equal(run(r), TSL_E_OPTION);
        free_reading(r);
    }
}

static void test_no_sheet(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("table.csv", "customer,date,amount\na,2020-01-01,5\n"));
    r->opt.sheet = "Sales";
    assert_int_equal(run(r), TSL_OK);
    assert_true(
        has_line(&r->table->info.notes, "table.csv: is no workbook and no HDF5 file, so that --sheet is not used"));
    free_reading(r);
}

/* Columns that blanks line up: as they stand, and where it is said. */
static void test_blanks(void **state)
{
    (void)state;
    reading *r =
        read_text(TSL_TRANSACTIONS, " customer  date       amount\n\n 0001 19970101    11.77\n 0002 1997011   12.00\n"
                                    " 0003 19970103     3.5\n");
    assert_int_equal(r->table->rows, 2);
    assert_int_equal(r->table->file[0].delimiter, ' ');
    assert_true(has_line(&r->table->info.notes, "table.csv: its fields are divided by blanks (--delimiter says "));
    assert_string_equal(text_at(column(r, TSL_ROLE_CUSTOMER), 0), "0001");
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[1], 35000);
    assert_int_equal(r->reject[0].line, 4);
    free_reading(r);

    /* as R writes it: the numbers of the rows stand in front, in a column without a name */
    r = read_text(TSL_TRANSACTIONS, "\"customer\" \"date\" \"amount\"\n\"1\" \"Ann Lee\" 2020-01-01 5\n");
    assert_string_equal(text_at(column(r, TSL_ROLE_CUSTOMER), 0), "Ann Lee");
    free_reading(r);

    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("table.csv", "customer date amount\na 2020-01-01 \"1,250.50\"\nb 2020-01-01 2 3\n"));
    r->opt.delimiter = ' ';
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 12505000);
    assert_int_equal(r->table->rejected_by[TSL_REJECT_RAGGED], 1);
    assert_false(has_line(&r->table->info.notes, "divided by blanks"));
    free_reading(r);

    refuse_text(TSL_TRANSACTIONS, "customer date amount\na 2020-01-01 1,250.50\n", TSL_E_NOT_FOUND,
                "tab or pipe; where blanks divide them, --delimiter blanks says it: customer date amount");
}

/* Rows that a condition leaves out as it is neither true nor false. */
static void test_unknown_condition(void **state)
{
    (void)state;
    char text[4096] = "customer,date,amount,sta tus\na,2024-01-01,1,paid\n";
    for (int i = 0; i < 60; i++) {
        strcat(text, i % 3 ? "a,2024-01-01,1,\n" : i == 57 ? "b,2024-01-02,2,void\n" : "a,2024-01-02,2,paid\n");
    }
    static const struct {
        const char *where;
        size_t rows;
        const char *said; /* NULL: nothing */
    } cases[] = {
        {"\"sta tus\" != 'void'", 20,
         "t.csv:4, so that the condition is neither true nor false; \"or \"sta tus\" is missing\" behind it keeps "
         "them"},
        {"\"sta tus\" != 'void' or \"sta tus\" is missing", 60, NULL},
        {"\"sta tus\" is not missing and \"sta tus\" != 'void'", 20, NULL},
        {"amount < 2 or 1 / (amount - 2) > 0", 41, "where: 20 rows are left out as a value is missing, the first in "},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        for (int way = 0; way < 4; way++) {
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, write_text("t.csv", text));
            r->opt.where = cases[c].where;
            r->opt.max_rejects = 1;
            r->opt.by_customer = way & 1;
            r->exec.threads = 1 + way;
            assert_int_equal(run(r), TSL_OK);
            assert_int_equal(r->table->rows, cases[c].rows);
            assert_true(has_line(&r->table->info.notes, cases[c].said ? cases[c].said : "where: ") == !!cases[c].said);
            free_reading(r);
        }
    }
}

static void test_interactions(void **state)
{
    (void)state;
    reading *r = read_text(TSL_INTERACTIONS, "user_id,timestamp,event,minutes,page depth,rating,nps\n"
                                             "a,2020-01-01 10:00:00,visit,12.5,3,4.5,9\n"
                                             "a,2020-01-02 10:00:00,complaint,,,,11\n");
    assert_int_equal(r->table->rows, 2);
    assert_string_equal(text_at(column(r, TSL_ROLE_KIND), 1), "complaint");
    assert_int_equal(column(r, TSL_ROLE_MINUTES)->integer[0], 125000);
    assert_int_equal(column(r, TSL_ROLE_PAGES)->integer[0], 30000);
    assert_int_equal(column(r, TSL_ROLE_SATISFACTION)->integer[0], 45000);
    assert_int_equal(column(r, TSL_ROLE_NPS)->integer[0], 90000);
    assert_true(column(r, TSL_ROLE_NPS)->integer[1] == TSL_MISSING_INT); /* 11 is beyond its scale */
    assert_true(has_line(&r->table->info.notes, "\"11\" is out of range"));
    free_reading(r);
}

/* Keys whose digits are lost are none, though both sides write them alike. */
static void test_rounded_keys(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,quantity,sku\na,2024-01-05,2,6.92E+12\nb,2024-01-05,2,5\n"));
    r->lookup[r->opt.lookup_count++] =
        (tsl_lookup){.key = "sku", .source = source_of(write_text("p.csv", "sku,price\n6.92E+12,9\n5,1\n"))};
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->rejects, 1);
    assert_non_null(strstr(r->reject[0].message, "\"6.92E+12\" is beyond the whole numbers"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transactions),
        cmocka_unit_test(test_quotes_behind_blanks),
        cmocka_unit_test(test_clock_columns),
        cmocka_unit_test(test_names_of_unused_are_bounded),
        cmocka_unit_test(test_rejects_say_where),
        cmocka_unit_test(test_too_many_rejects),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_blank_rows),
        cmocka_unit_test(test_chinese),
        cmocka_unit_test(test_clock),
        cmocka_unit_test(test_bad_encoding),
        cmocka_unit_test(test_open_dates),
        cmocka_unit_test(test_declared_dates),
        cmocka_unit_test(test_dates_over_files),
        cmocka_unit_test(test_as_of),
        cmocka_unit_test(test_as_of_with_open_dates),
        cmocka_unit_test(test_mapping),
        cmocka_unit_test(test_bad_mapping),
        cmocka_unit_test(test_price),
        cmocka_unit_test(test_quoted_product),
        cmocka_unit_test(test_product_of_expressions),
        cmocka_unit_test(test_expression_without_value),
        cmocka_unit_test(test_text_behind_a_quote),
        cmocka_unit_test(test_one_currency),
        cmocka_unit_test(test_optional_cells),
        cmocka_unit_test(test_rounded),
        cmocka_unit_test(test_rounded_is_exact),
        cmocka_unit_test(test_lookup),
        cmocka_unit_test(test_missing_keys),
        cmocka_unit_test(test_bad_lookups),
        cmocka_unit_test(test_chained_lookups),
        cmocka_unit_test(test_several_files),
        cmocka_unit_test(test_files_lack_operands),
        cmocka_unit_test(test_file_of_a_header),
        cmocka_unit_test(test_files_that_differ),
        cmocka_unit_test(test_columns_of_any_file),
        cmocka_unit_test(test_codes_of_any_file),
        cmocka_unit_test(test_row_numbers_of_some_files),
        cmocka_unit_test(test_condition_of_any_file),
        cmocka_unit_test(test_roles_of_all_files),
        cmocka_unit_test(test_columns_of_either),
        cmocka_unit_test(test_header_again_without_a_column),
        cmocka_unit_test(test_columns_of_a_pipe),
        cmocka_unit_test(test_twice_the_same),
        cmocka_unit_test(test_no_header),
        cmocka_unit_test(test_broken_stream),
        cmocka_unit_test(test_missing_file),
        cmocka_unit_test(test_orphans),
        cmocka_unit_test(test_cancelled),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_sink_stops),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_rounded_keys),
        cmocka_unit_test(test_no_sheet),
        cmocka_unit_test(test_blanks),
        cmocka_unit_test(test_unknown_condition),
        cmocka_unit_test(test_interactions),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
