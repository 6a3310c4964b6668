/* test_customers.c: one row a customer: sorting, duplicates, conflicts, types. */
#include "base/calendar.h"
#include "base/text.h"
#include "help.h"

static void test_sorted_by_id(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "age,customer\n40,c10\n20,c1\n30,c9\n50,\"c 0\"\n25,Z\n");
    const tsl_column *id = &r->table->column[0];
    static const char *const ids[] = {"Z", "c 0", "c1", "c10", "c9"};
    static const double ages[] = {25, 50, 20, 40, 30};
    assert_int_equal(id->role, TSL_ROLE_CUSTOMER);
    assert_int_equal(id->dict_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(text_at(id, i), ids[i]);
        assert_true(named(r, "age")->number[i] == ages[i]);
    }
    free_reading(r);
}

/* The index of the rows is the id where there is no other, else of no use. */
static void test_index(void **state)
{
    (void)state;
    static const char *const alone[] = {",age,city\n0,31,x\n1,42,y\n10,31,x\n",
                                        "Unnamed: 0,age,city\n0,31,x\n1,42,y\n10,31,x\n",
                                        "序号,age,city\n0,31,x\n1,42,y\n10,31,x\n"};
    for (size_t i = 0; i < 3; i++) {
        reading *r = read_text(TSL_CUSTOMERS, alone[i]);
        assert_int_equal(r->table->rows, 3);
        assert_string_equal(r->table->column[0].dict[2], "10");
        assert_true(has_line(&r->table->info.notes, "as no column is recognised as the customer"));
        free_reading(r);
    }
    reading *r = read_text(TSL_CUSTOMERS, ",id,age\n5,a,31\n3,b,42\n9,c,31\n");
    assert_string_equal(r->table->column[0].name, "id");
    assert_null(named(r, "c1"));
    assert_true(has_line(&r->table->info.notes, "c1 is left out: it numbers the rows"));
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, ",id,age\n5,a,31\n5,b,42\n9,c,31\n"); /* it may tell something */
    assert_non_null(named(r, "c1"));
    free_reading(r);
    refuse_text(TSL_CUSTOMERS, ",age\n0,1\n1,2\n0,3\n", TSL_E_NOT_FOUND, "c1 is no id, as it has 0 in lines 2 and 4");
    refuse_text(TSL_CUSTOMERS, "Price index,age\n0,1\n1,2\n", TSL_E_NOT_FOUND, "recognised as the customer");
}

/* A table whose ids stand in another order than its rows, numbered from 1 in a column at its begin or end; where `odd`
 * is not negative, that row has another number. */
static reading *read_numbered(const char *name, int rows, int last, int odd, const char *value)
{
    tsl__text text = {0};
    tsl__text_printf(&text, last ? "id,age,%s\n" : "%s,id,age\n", name);
    for (int i = 0; i < rows; i++) {
        const int number = i == odd ? 999 : i + 1, id = 1000 + i * 37 % rows, age = 20 + i * i % 53;
        tsl__text_printf(&text, "%d,%d,%d\n", last ? id : number, last ? age : id, last ? number : age);
    }
    reading *r = new_reading(TSL_CUSTOMERS);
    r->opt.value = value;
    add_file(r, write_text("table.csv", text.data));
    assert_int_equal(run(r), TSL_OK);
    tsl__text_free(&text);
    return r;
}

/* Numbers of the rows in their order are left out, whatever they are called and wherever they stand. */
static void test_index_by_values(void **state)
{
    (void)state;
    static const char *const names[] = {"#", "rownames", "行数", "X", "Nr", "ix", "obs", "spend"};
    char note[80];
    for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++) {
        reading *r = read_numbered(names[i / 2], 20, i % 2, -1, NULL);
        snprintf(note, sizeof note, "%s is left out: it numbers the rows", names[i / 2]);
        if (named(r, names[i / 2]) || !has_line(&r->table->info.notes, note)) {
            fail_msg("%s stays", names[i / 2]);
        }
        assert_int_equal(r->table->column_count, 2);
        free_reading(r);
    }
    for (int i = 0; i < 3; i++) { /* few rows; one that is out of turn; asked for */
        reading *r = read_numbered("spend", i == 0 ? 19 : 30, i % 2, i == 1 ? 17 : -1, i == 2 ? "spend" : NULL);
        assert_non_null(named(r, "spend"));
        free_reading(r);
    }
    reading *r = read_numbered("#", 19, 1, -1, NULL);
    assert_null(named(r, "#"));
    free_reading(r);
}

/* Rows that are rejected leave gaps, and each file begins anew. */
static void test_index_with_gaps(void **state)
{
    (void)state;
    for (int jump = 0; jump < 2; jump++) {
        reading *r = new_reading(TSL_CUSTOMERS);
        for (int file = 0; file < 2; file++) {
            tsl__text text = {0};
            tsl__text_puts(&text, "spend,id,age\n");
            for (int i = 1; i <= 15; i++) {
                if (i == 7) {
                    tsl__text_puts(&text, "7,too,many,cells\n");
                } else {
                    tsl__text_printf(&text, "%d,%c%02d,%d\n", i + (jump && i > 7), file ? 'a' : 'b', i, i * i % 11);
                }
            }
            add_file(r, write_text(file ? "b.csv" : "a.csv", text.data));
            tsl__text_free(&text);
        }
        r->opt.max_rejects = .5;
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(named(r, "spend") != NULL, jump);
        free_reading(r);
    }
}

static void test_duplicates_and_conflicts(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "id,age,city\n"
                                          "a,1,x\n"  /* 2: stays */
                                          "b,2,x\n"  /* 3: conflict with 5 */
                                          "a,1,x\n"  /* 4: duplicate of 2 */
                                          "b,2,y\n"  /* 5 */
                                          "c,3,y\n"  /* 6: stays */
                                          "b,2,x\n"  /* 7: goes with the others */
                                          "d,4, x\n" /* 8: stays; spaces do not make a difference */
                                          "d,4,x\n"  /* 9: duplicate */
                                          "NA,5,x\n" /* 10 */);
    static const struct {
        uint64_t line;
        tsl_reject_kind kind;
        const char *text, *message;
    } expected[] = {
        {10, TSL_REJECT_NO_CUSTOMER, "NA", "is missing"},
        {3, TSL_REJECT_CONFLICT, "b", "city differs from line 5"},
        {4, TSL_REJECT_DUPLICATE, "a", "the same as line 2"},
        {5, TSL_REJECT_CONFLICT, "b", "city differs from line 3"},
        {7, TSL_REJECT_CONFLICT, "b", "city differs from line 5"},
        {9, TSL_REJECT_DUPLICATE, "d", "the same as line 8"},
    };
    assert_int_equal(r->rejects, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(r->reject[i].line, expected[i].line);
        assert_int_equal(r->reject[i].kind, expected[i].kind);
        assert_string_equal(r->reject[i].column, "id");
        assert_string_equal(r->reject[i].text, expected[i].text);
        assert_memory_equal(r->reject[i].message, expected[i].message, strlen(expected[i].message));
    }
    assert_int_equal(r->table->rows, 3);
    assert_int_equal(r->table->column[0].dict_count, 3);
    assert_true(named(r, "age")->number[2] == 4);
    free_reading(r);
    refuse_text(TSL_CUSTOMERS, "id,age\na,1\na,2\n", TSL_E_INPUT, "none of the 2 rows can be used (2 conflict)");
}

/* The columns of a table do not depend on the order of its rows. */
static void test_order_of_rows(void **state)
{
    (void)state;
    reading *a = read_text(TSL_CUSTOMERS, "id,city,birth date\nx,Rome,3/4/1980\ny,Bonn,4/30/1981\nz,,5/6/1982\n");
    reading *b = read_text(TSL_CUSTOMERS, "id,city,birth date\nz,,5/6/1982\ny,Bonn,4/30/1981\nx,Rome,3/4/1980\n");
    assert_int_equal(a->table->column_count, 3);
    for (size_t i = 0; i < 3; i++) {
        const tsl_column *x = &a->table->column[i], *y = &b->table->column[i];
        assert_int_equal(x->type, y->type);
        assert_int_equal(x->dict_count, y->dict_count);
        for (size_t row = 0; row < 3; row++) {
            assert_true(!x->code || x->code[row] == y->code[row]);
            assert_true(!x->integer || x->integer[row] == y->integer[row]);
        }
    }
    free_reading(a);
    free_reading(b);
}

/* A name is cut amid a character at worst, and yet what is said of it is text. */
static void test_long_names(void **state)
{
    (void)state;
    char text[600] = "id,x";
    for (int i = 0; i < 60; i++) {
        strcat(text, "很");
    }
    strcat(text, "\na,1\na,2\nb,3\nc,4\n");
    reading *r = read_text(TSL_CUSTOMERS, text);
    assert_int_equal(r->rejects, 2);
    for (size_t i = 0; i < r->rejects; i++) {
        const char *message = r->reject[i].message;
        assert_non_null(strstr(message, "很"));
        assert_int_equal(tsl__utf8_check(message, strlen(message)), strlen(message));
    }
    free_reading(r);
}

/* Without a column of ids: the numbers of the rows, over all files, rejected rows included. */
static void test_row_numbers(void **state)
{
    (void)state;
    refuse_text(TSL_CUSTOMERS, "Channel,Fresh\n2,12669\n1,7057\n", TSL_E_NOT_FOUND,
                "--customer-id \"#\" takes the number of the row; the columns are: Channel, Fresh");
    for (int again = 0; again < 2; again++) {
        reading *r = new_reading(TSL_CUSTOMERS);
        add_file(r, write_text("a.csv", "Fresh,Milk\n10,1\n11,1,1\n12,2\n10,1\n"));
        add_file(r, write_text("b.csv", "Fresh,Milk\n20,3\n10,1\n"));
        map_role(r, TSL_ROLE_CUSTOMER, TSL_ROW_NUMBER);
        r->opt.max_rejects = 1;
        assert_int_equal(run(r), TSL_OK);
        const tsl_column *id = &r->table->column[0];
        static const char *const ids[] = {"1", "3", "4", "5", "6"}; /* alike rows are no duplicates */
        static const double fresh[] = {10, 12, 10, 20, 10};
        assert_int_equal(r->table->rows, 5);
        assert_int_equal(r->table->info.row_ids, 1);
        assert_int_equal(id->role, TSL_ROLE_CUSTOMER);
        for (size_t i = 0; i < 5; i++) {
            assert_string_equal(text_at(id, i), ids[i]);
            assert_true(named(r, "Fresh")->number[i] == fresh[i]);
        }
        assert_true(has_line(&r->table->info.understood, "customer: # (row number)"));
        assert_true(has_line(&r->table->info.notes, "ids are the numbers of their rows"));
        free_reading(r);
    }
}

/* What "#" is not: a column of that name, an expression, or an id that transactions could name. */
static void test_row_numbers_and_others(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", "#,Fresh\nx,10\ny,11\n"));
    map_role(r, TSL_ROLE_CUSTOMER, TSL_ROW_NUMBER);
    assert_int_equal(run(r), TSL_OK);
    assert_string_equal(text_at(&r->table->column[0], 0), "x");
    assert_int_equal(r->table->info.row_ids, 0);
    free_reading(r);
    r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", "id,Fresh\nx,10\ny,11\n"));
    map_role(r, TSL_ROLE_CUSTOMER, TSL_ROW_NUMBER); /* although a column would be recognised */
    assert_int_equal(run(r), TSL_OK);
    assert_string_equal(text_at(&r->table->column[0], 0), "1");
    reading *t = new_reading(TSL_TRANSACTIONS);
    add_file(t, write_text("t.csv", "customer,date,amount\n1,2020-01-01,3\n"));
    t->known = r->table;
    assert_int_equal(run(t), TSL_E_OPTION);
    assert_non_null(strstr(t->err.message, "the customers' ids are row numbers"));
    t->known = NULL;
    map_role(t, TSL_ROLE_CUSTOMER, TSL_ROW_NUMBER); /* the rows of other tables are no customers */
    assert_int_equal(run(t), TSL_E_OPTION);
    free_reading(t);
    free_reading(r);
}

/* ---- Types ------------------------------------------------------------- */

/* A table of `rows` rows: an id, and the column that `cell` writes. */
static reading *read_column(const char *name, int rows, void (*cell)(int row, char *out))
{
    tsl__text text = {0};
    tsl__text_printf(&text, "id,%s\n", name);
    for (int i = 0; i < rows; i++) {
        char out[64];
        cell(i, out);
        tsl__text_printf(&text, "c%04d,%s\n", i, out);
    }
    reading *r = read_text(TSL_CUSTOMERS, text.data);
    tsl__text_free(&text);
    return r;
}

/* The type of a column that repeats these cells; TSL_TYPE_AUTO where it is left out. */
static const char *const *cycle;
static size_t cycle_count;
static void from_cycle(int row, char *out)
{
    strcpy(out, cycle[(size_t)row % cycle_count]);
}

static reading *read_cycle(const char *name, const char *const *cells, size_t count)
{
    cycle = cells;
    cycle_count = count;
    return read_column(name, 60, from_cycle);
}
#define CYCLE(name, ...)                                                                                               \
    read_cycle(name, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void check_type(reading *r, const char *name, tsl_column_type type)
{
    const tsl_column *c = named(r, name);
    tsl_column_type got = c ? c->type : TSL_TYPE_AUTO;
    if (got != type) {
        fail_msg("%s: %s", name, tsl_column_type_get_name(got));
    }
    free_reading(r);
}

static void test_types(void **state)
{
    (void)state;
    check_type(CYCLE("x", "1", "2.5", "$3"), "x", TSL_TYPE_NUMBER);
    check_type(CYCLE("x", "1", "2", ""), "x", TSL_TYPE_NUMBER);
    check_type(CYCLE("x", "Y", "N"), "x", TSL_TYPE_BOOLEAN);
    check_type(CYCLE("x", "yes", "NO", "NA"), "x", TSL_TYPE_BOOLEAN);
    check_type(CYCLE("x", "True", "false"), "x", TSL_TYPE_BOOLEAN);
    check_type(CYCLE("x", "0", "1"), "x", TSL_TYPE_BOOLEAN);
    check_type(CYCLE("x", "0.0", "1.0"), "x", TSL_TYPE_BOOLEAN);
    check_type(CYCLE("x", "0.0", "1.0", "0.5"), "x", TSL_TYPE_NUMBER);
    check_type(CYCLE("x", "是", "否"), "x", TSL_TYPE_BOOLEAN);
    check_type(CYCLE("x", "Y", "no"), "x", TSL_TYPE_CATEGORY); /* no pair */
    check_type(CYCLE("x", "0", "1", "2"), "x", TSL_TYPE_NUMBER);
    check_type(CYCLE("x", "1", "2", "3", "4", "5", "6", "7", "8", "9", "many"), "x",
               TSL_TYPE_CATEGORY); /* not over 90 % */
    check_type(CYCLE("x", "M", "F"), "x", TSL_TYPE_CATEGORY);
    check_type(CYCLE("x", "2020-01-01", "2020-02-01"), "x", TSL_TYPE_DATE);
    check_type(CYCLE("BirthDate", "2020-01-01", "2020-02-01"), "BirthDate", TSL_TYPE_BIRTH);
    check_type(CYCLE("生日", "1980年1月2日", "1981年2月3日"), "生日", TSL_TYPE_BIRTH);
    check_type(CYCLE("x", "20200101", "20200201"), "x", TSL_TYPE_DATE);
    check_type(CYCLE("x", "20200101", "20209999"), "x", TSL_TYPE_NUMBER); /* one is no date: eight digits only */
    check_type(CYCLE("Year_Birth", "1957", "1980"), "Year_Birth", TSL_TYPE_BIRTH);
    check_type(CYCLE("plan", "007", "012", "100"), "plan", TSL_TYPE_CATEGORY); /* codes, not numbers */
    /* left out */
    check_type(CYCLE("x", "3"), "x", TSL_TYPE_AUTO);
    check_type(CYCLE("x", ""), "x", TSL_TYPE_AUTO);
    check_type(CYCLE("x", "NA", "-"), "x", TSL_TYPE_AUTO);
    /* one value, and the rest missing, says something */
    check_type(CYCLE("x", "gold", ""), "x", TSL_TYPE_CATEGORY);
}

static void write_number(int row, char *out)
{
    sprintf(out, "%d", row);
}

static void write_half(int row, char *out)
{
    sprintf(out, "%d", 10000 + row / 2 * 7);
}

static void write_day(int row, char *out)
{
    sprintf(out, row % 20 ? "202001%02d" : "20209999", row % 20);
}

static void write_dashed_day(int row, char *out)
{
    sprintf(out, row % 20 ? "2020-01-%02d" : "2020-99-99", row % 20);
}

/* Eight digits are dates only if every cell is a day; of other forms some may be none. */
static void test_eight_digits(void **state)
{
    (void)state;
    check_type(read_column("x", 60, write_day), "x", TSL_TYPE_NUMBER);
    check_type(read_column("x", 60, write_dashed_day), "x", TSL_TYPE_DATE);
}

/* Whole numbers that are codes by the name of their column. */
static void test_codes(void **state)
{
    (void)state;
    check_type(CYCLE("Region", "1", "2", "3"), "Region", TSL_TYPE_CATEGORY);
    check_type(CYCLE("Region", "1", "2", "3.0", ""), "Region", TSL_TYPE_CATEGORY);
    check_type(CYCLE("Region", "1", "2", "3.5"), "Region", TSL_TYPE_NUMBER);
    check_type(CYCLE("Gender", "0", "1"), "Gender", TSL_TYPE_BOOLEAN);
    check_type(CYCLE("NumStorePurchases", "1", "2", "3"), "NumStorePurchases", TSL_TYPE_NUMBER);
    check_type(CYCLE("zip", "10115", "80331"), "zip", TSL_TYPE_CATEGORY);
    /* many different ones: spend in a store it may be, a postcode it is not */
    check_type(read_column("Store", 100, write_half), "Store", TSL_TYPE_NUMBER);
    reading *r = read_column("zip", 200, write_half);
    assert_null(named(r, "zip"));
    assert_true(has_line(&r->table->info.notes,
                         "zip is left out: by its name it holds codes, and 100 different ones in 200 rows are no "
                         "category"));
    free_reading(r);
    r = read_column("branch key", 100, write_number);
    assert_true(has_line(&r->table->info.notes, "branch key is left out: it numbers the rows"));
    free_reading(r);
    r = CYCLE("Region", "1", "2", "3");
    assert_true(
        has_line(&r->table->info.understood, "Region: category, demographic (by its name the numbers are codes)"));
    free_reading(r);
    /* a rule has the last word */
    static const tsl_column_rule rule = {.name = "Region", .type = TSL_TYPE_NUMBER, .group = TSL_GROUP_AUTO};
    r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", "id,Region\na,1\nb,2\nc,1\n"));
    r->opt.rules = &rule;
    r->opt.rule_count = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_true(has_line(&r->table->info.understood, "Region: number, demographic"));
    assert_false(has_line(&r->table->info.understood, "codes"));
    free_reading(r);
}

static void write_account(int row, char *out)
{
    sprintf(out, "90071992547%05d", 40993 + row / 2);
}

static void write_account_once(int row, char *out)
{
    sprintf(out, "9007199254740%03d", row);
}

static void write_outlier(int row, char *out)
{
    sprintf(out, row == 7 ? "-9007199254740993" : "%d", row % 50);
}

static int has_note(const reading *r, const char *part)
{
    return has_line(&r->table->info.notes, part);
}

/* Whole numbers that doubles do not hold are codes, or no numbers; two of them never become one in silence. */
static void test_many_digits(void **state)
{
    (void)state;
    /* 2^53 - 1 is a number, and so is what is no whole number as it is written */
    check_type(CYCLE("x", "9007199254740991", "-9007199254740991", "5"), "x", TSL_TYPE_NUMBER);
    check_type(CYCLE("x", "9007199254740993.0", "1e300", "5"), "x", TSL_TYPE_NUMBER);
    reading *r = CYCLE("account", "9007199254740993", "9007199254740992", "50", "-9007199254740993");
    const tsl_column *c = named(r, "account");
    assert_int_equal(c->type, TSL_TYPE_CATEGORY);
    assert_int_equal(c->dict_count, 4);
    assert_true(
        has_note(r, "account is taken as a category: as a number, the 45 whole ones beyond 2^53 - 1 would lose"));
    assert_true(
        has_line(&r->table->info.understood, "account: category, demographic (the numbers have too many digits)"));
    free_reading(r);
    /* so many that they are no category, and so many that they are ids */
    r = read_column("account", 400, write_account);
    assert_null(named(r, "account"));
    assert_true(
        has_note(r, "account is left out: as numbers those beyond 2^53 - 1 would lose digits, and 200 different"));
    free_reading(r);
    r = read_column("account key", 400, write_account_once);
    assert_true(has_note(r, "account key is left out: it numbers the rows"));
    free_reading(r);
    check_type(CYCLE("region code", "9007199254740993", "5"), "region code", TSL_TYPE_CATEGORY);
    /* among many numbers a few are missing */
    r = read_column("points", 400, write_outlier);
    assert_int_equal(named(r, "points")->type, TSL_TYPE_NUMBER);
    assert_int_equal(named(r, "points")->missing, 1);
    assert_true(has_note(r, "points: 1 cell is not a number and taken as missing (\"-9007199254740993\") (whole "
                            "numbers beyond 2^53 - 1 lose digits)"));
    free_reading(r);
    /* and all of them where numbers are asked for */
    static const tsl_column_rule rule = {.name = "account", .type = TSL_TYPE_NUMBER, .group = TSL_GROUP_AUTO};
    r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", "id,account\na,9007199254740993\nb,9007199254740992\nc,1\n"));
    r->opt.rules = &rule;
    r->opt.rule_count = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(named(r, "account")->missing, 2);
    assert_true(has_note(r, "account: 2 cells are not a number and taken as missing (\"9007199254740993\", "));
    free_reading(r);
}

/* A year of birth is the first day of it. */
static void test_birth_years(void **state)
{
    (void)state;
    static const char *const names[] = {"Year_Birth", "birth year", "YearOfBirth", "出生年份"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        reading *r = CYCLE(names[i], "1957", "1984.0", "");
        const tsl_column *c = named(r, names[i]);
        assert_int_equal(c->type, TSL_TYPE_BIRTH);
        assert_int_equal(c->group, TSL_DEMOGRAPHIC);
        assert_int_equal(c->integer[0], (int64_t)tsl__day_make(1957, 1, 1) * 86400);
        assert_int_equal(c->integer[1], (int64_t)tsl__day_make(1984, 1, 1) * 86400);
        assert_int_equal(c->missing, 20);
        free_reading(r);
    }
    check_type(CYCLE("birth order", "1", "2", "3"), "birth order", TSL_TYPE_NUMBER);
    static const struct {
        const char *name, *a, *b, *c;
        int told;
    } two[] = {{"birth_year", "45", "82", "07", 0}, /* a category, by the zero */
               {"birth_year", "45", "82", "7", 1},  {"出生年份", "90", "85.0", "", 1},
               {"birth_day", "5", "31", "7", 0},    {"birth_year", "5", "31.5", "7", 0},
               {"birth_year", "45", "-1", "7", 0},  {"births", "45", "182", "7", 0},
               {"income", "45", "82", "7", 0}};
    for (size_t i = 0; i < sizeof two / sizeof *two; i++) {
        reading *r = CYCLE(two[i].name, two[i].a, two[i].b, two[i].c);
        if (has_note(r, "may be years of birth of two digits") != two[i].told) {
            fail_msg("%s, %s: %s", two[i].name, two[i].c, two[i].told ? "not told" : "told");
        }
        free_reading(r);
    }
    static const tsl_column_rule number = {.name = "born", .type = TSL_TYPE_NUMBER, .group = TSL_GROUP_AUTO};
    reading *said = new_reading(TSL_CUSTOMERS);
    add_file(said, write_text("table.csv", "id,born\na,57\nb,84\n"));
    said->opt.rules = &number;
    said->opt.rule_count = 1;
    assert_int_equal(run(said), TSL_OK);
    assert_false(has_note(said, "may be years of birth"));
    free_reading(said);
    check_type(CYCLE("founded", "1957", "1984"), "founded", TSL_TYPE_NUMBER);
    /* declared so, under any name; a date beside it stays one */
    static const tsl_column_rule rule = {.name = "born in", .type = TSL_TYPE_BIRTH, .group = TSL_GROUP_AUTO};
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", "id,born in\na,1957\nb,1984-05-06\nc,1850\n"));
    r->opt.rules = &rule;
    r->opt.rule_count = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(named(r, "born in")->integer[1], (int64_t)tsl__day_make(1984, 5, 6) * 86400);
    assert_int_equal(named(r, "born in")->missing, 1);
    assert_true(
        has_note(r, "born in: 1 cell is the year of birth alone, read as its first day: an age may be a year too"));
    free_reading(r);
    r = CYCLE("birth date", "1957-03-04", "1984-05-06"); /* of dates there is nothing to say */
    assert_int_equal(named(r, "birth date")->type, TSL_TYPE_BIRTH);
    assert_int_equal(r->table->info.notes.count, 0);
    free_reading(r);
}

static tsl_column_rule of_type(const char *name, tsl_column_type type)
{
    return (tsl_column_rule){.name = name, .type = type, .group = TSL_GROUP_AUTO};
}

/* Numbers are dates where it is said, but eight digits of a day in every cell; one among written dates is none. */
static void test_number_dates(void **state)
{
    (void)state;
    check_type(CYCLE("since", "45292", "45293", "45300"), "since", TSL_TYPE_NUMBER);
    check_type(CYCLE("since", "1704067200", "1704153600"), "since", TSL_TYPE_NUMBER);
    check_type(CYCLE("since", "20240102", "20240103"), "since", TSL_TYPE_DATE);
    reading *r = read_text(TSL_CUSTOMERS, "id,since\na,2024-01-02\nb,2024-01-03\nc,2024-01-04\nd,2024-01-05\n"
                                          "e,2024-01-06\nf,2024-01-07\ng,2024-01-08\nh,2024-01-09\ni,2024-01-10\n"
                                          "j,2024-01-11\nk,20240112\n");
    assert_int_equal(named(r, "since")->type, TSL_TYPE_DATE);
    assert_int_equal(named(r, "since")->missing, 1);
    assert_true(has_note(r, "since: 1 cell is not a date and taken as missing (\"20240112\")"));
    free_reading(r);
    const tsl_column_rule rule[] = {of_type("since", TSL_TYPE_DATE), of_type("born", TSL_TYPE_BIRTH)};
    r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", "id,since,born\na,45292,31000\nb,45293,1984\nc,,29587\nd,45292,\n"));
    r->opt.rules = rule;
    r->opt.rule_count = 2;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(named(r, "since")->integer[0], (int64_t)tsl__day_make(2024, 1, 1) * 86400);
    assert_int_equal(named(r, "born")->integer[0], (int64_t)tsl__day_make(1984, 11, 14) * 86400);
    assert_int_equal(named(r, "born")->integer[1], (int64_t)tsl__day_make(1984, 1, 1) * 86400);
    assert_true(has_note(r, "since: numbers are read as serial numbers of a spreadsheet"));
    free_reading(r);
}

static void test_values(void **state)
{
    (void)state;
    reading *r = CYCLE("home owner", "Y", "n", "");
    const tsl_column *c = named(r, "home owner");
    assert_true(c->number[0] == 1 && c->number[1] == 0 && isnan(c->number[2]));
    assert_int_equal(c->missing, 20);
    free_reading(r);
    r = CYCLE("city", "Rome", "Bonn", "未知");
    c = named(r, "city");
    assert_int_equal(c->dict_count, 2);
    assert_string_equal(c->dict[0], "Bonn");
    assert_int_equal(c->code[0], 1);
    assert_int_equal(c->code[2], -1);
    assert_int_equal(c->missing, 20);
    free_reading(r);
    r = CYCLE("joined", "2020-01-02", "2020-01-03 12:00");
    c = named(r, "joined");
    assert_int_equal(c->integer[1], (int64_t)tsl__day_make(2020, 1, 3) * 86400 + 43200);
    free_reading(r);
}

static void write_address(int row, char *out)
{
    sprintf(out, "Street %d", row);
}

static void write_phone(int row, char *out)
{
    sprintf(out, "%d", 5550000 + row * 17);
}

static void write_mostly_number(int row, char *out)
{
    sprintf(out, row % 12 == 5 ? "many" : "%d", row);
}

static void write_long_tail(int row, char *out)
{
    sprintf(out, "v%d", row % 97); /* 97 values of a few rows each: the first 32 hold under half */
}

static void write_head(int row, char *out)
{
    sprintf(out, "v%d", row % 2 ? 0 : row % 80); /* 41 values, one of them half the rows */
}

static void write_code(int row, char *out)
{
    sprintf(out, "AB-%d", row);
}

static void write_random(int row, char *out) /* all different */
{
    sprintf(out, "%d", 100003 + row * 7919 % 100003);
}

static void test_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*cell)(int, char *);
        tsl_column_type type;
        const char *note;
    } cases[] = {
        {"row_id", write_number, TSL_TYPE_AUTO, "row_id is left out: it numbers the rows"},
        {"card code", write_code, TSL_TYPE_AUTO, "card code is left out: by its name it identifies the rows"},
        {"account_number", write_random, TSL_TYPE_AUTO,
         "account_number is left out: by its name it identifies the rows"},
        {"row_id", write_random, TSL_TYPE_AUTO, "row_id is left out: it numbers the rows"},
        {"points", write_number, TSL_TYPE_AUTO, "points is left out: it numbers the rows"},
        {"points", write_random, TSL_TYPE_NUMBER, NULL},
        {"note", write_address, TSL_TYPE_AUTO, "note is left out: 400 different texts in 400 rows"},
        {"tail", write_long_tail, TSL_TYPE_AUTO, "tail is left out: 97 different texts"},
        {"head", write_head, TSL_TYPE_CATEGORY, NULL},
        {"phone", write_phone, TSL_TYPE_AUTO, "phone is left out: by its name it identifies people"},
        {"mobile_minutes", write_random, TSL_TYPE_NUMBER, NULL},
        {"visits", write_mostly_number, TSL_TYPE_NUMBER,
         "visits: 33 cells are not a number and taken as missing (\"many\")"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = read_column(cases[i].name, 400, cases[i].cell);
        if (cases[i].note && !has_line(&r->table->info.notes, cases[i].note)) {
            fail_msg("%s: %s", cases[i].name, r->table->info.notes.count ? r->table->info.notes.text[0] : "no note");
        }
        assert_int_equal(cases[i].note == NULL, r->table->info.notes.count == 0);
        check_type(r, cases[i].name, cases[i].type);
    }
}

static void write_person(int row, char *out)
{
    sprintf(out, "Jo%d", row % 15);
}

static void test_people(void **state)
{
    (void)state;
    reading *r = read_column("FirstName", 400, write_person);
    assert_true(has_line(&r->table->info.notes, "FirstName is left out: by its name it identifies people"));
    check_type(r, "FirstName", TSL_TYPE_AUTO);
    check_type(CYCLE("email_preference", "daily", "weekly", "never"), "email_preference", TSL_TYPE_CATEGORY);
    check_type(CYCLE("PhoneService", "Yes", "No"), "PhoneService", TSL_TYPE_BOOLEAN);
}

/* Names and what people are reached by are no categories, however few there are: by the name of the column, or by its
 * texts whatever it is called. */
static void test_few_people(void **state)
{
    (void)state;
#define NAMED_PEOPLE "%s is left out: by its name it identifies people"
#define OF_PEOPLE(what) "%s is left out: its texts are " what ", which identify people"
    static const struct {
        const char *name, *one, *two, *note; /* note NULL: a category */
    } cases[] = {
        {"name", "Ada", "Ben", NAMED_PEOPLE},
        {"Customer_Name", "Ada", "Ben", NAMED_PEOPLE},
        {"姓名", "张三", "李四", NAMED_PEOPLE},
        {"联系人", "张三", "李四", NAMED_PEOPLE},
        {"plan name", "Basic", "Plus", NULL},
        {"nickname_length", "long", "short", NULL},
        {"address", "1 Hidden Lane", "2 Hidden Lane", NAMED_PEOPLE},
        {"家庭地址", "海淀区一号", "海淀区二号", NAMED_PEOPLE},
        {"phone", "555-0123", "555-0124", NAMED_PEOPLE},
        {"phone", "iPhone", "Samsung", NULL},
        {"手机号", "13800138000", "13800138001", NAMED_PEOPLE},
        {"email", "a@example.org", "b@example.org", NAMED_PEOPLE},
        {"email", "daily", "weekly", NULL},
        {"id_card", "A1234567", "B1234567", NAMED_PEOPLE},
        {"id_card", "passport", "licence", NULL},
        {"IBAN", "DE89370400440532013000", "NO9386011117947", NAMED_PEOPLE},
        {"contact", "a@example.org", "b@example.org", OF_PEOPLE("e-mail addresses")},
        {"contact", "cellular", "landline", NULL},
        {"reach", "+86 138 0013 8000", "+86 138 0013 8001", OF_PEOPLE("telephone numbers")},
        {"reach", "13800138000", "13800138001", OF_PEOPLE("telephone numbers")},
        {"paper", "11010519491231002X", "110105194912310038", OF_PEOPLE("identity numbers")},
        {"paid to", "DE89370400440532013000", "NO9386011117947", OF_PEOPLE("bank accounts")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char note[160];
        reading *r = CYCLE(cases[i].name, cases[i].one, cases[i].two, cases[i].one);
        if (!cases[i].note) {
            check_type(r, cases[i].name, TSL_TYPE_CATEGORY);
            continue;
        }
        snprintf(note, sizeof note, cases[i].note, cases[i].name);
        if (!has_line(&r->table->info.notes, note)) {
            fail_msg("%s: %s", cases[i].name, r->table->info.notes.count ? r->table->info.notes.text[0] : "no note");
        }
        check_type(r, cases[i].name, TSL_TYPE_AUTO);
    }
}

/* Up to twelve texts are a choice, under the name of something personal that they cannot be. */
static void test_few_texts(void **state)
{
    (void)state;
    check_type(CYCLE("mail", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"), "mail", TSL_TYPE_CATEGORY);
    check_type(CYCLE("mail", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"), "mail", TSL_TYPE_AUTO);
}

/* Two rows that differ prove no key; three do. */
static void test_few_rows(void **state)
{
    (void)state;
    check_type(read_column("card code", 2, write_code), "card code", TSL_TYPE_CATEGORY);
    check_type(read_column("card code", 3, write_code), "card code", TSL_TYPE_AUTO);
}

/* A column of dates that leaves the order open is settled by one that proves it. */
static void test_dates_settle_each_other(void **state)
{
    (void)state;
    reading *r =
        read_text(TSL_CUSTOMERS, "id,joined,left\na,3/4/2020,1/2/2021\nb,5/4/2020,30/2/2021x\nc,6/7/2020,31/1/2021\n");
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "id,joined,left\na,3/4/2020,1/2/2021\nb,6/7/2020,31/1/2021\n");
    assert_int_equal(named(r, "joined")->integer[0], (int64_t)tsl__day_make(2020, 4, 3) * 86400);
    assert_true(has_line(&r->table->info.notes,
                         "joined: no cell tells day from month; they are read as those of the other "
                         "columns, day first ("));
    assert_true(has_line(&r->table->info.notes, "2: \"3/4/2020\" is 2020-04-03); --dates says another order"));
    assert_false(has_line(&r->table->info.notes, "left: no cell"));
    free_reading(r);
    /* two columns that disagree settle nothing for a third */
    refuse_text(TSL_CUSTOMERS, "id,a,b,c\nx,31/1/2020,1/31/2020,3/4/2020\ny,30/1/2020,1/30/2020,5/4/2020\n",
                TSL_E_INPUT, "column \"c\"");
    refuse_text(TSL_CUSTOMERS, "id,joined\na,3/4/2020\nb,6/7/2020\n", TSL_E_INPUT,
                "table.csv:2: \"3/4/2020\" reads as");
    refuse_text(TSL_CUSTOMERS, "id,joined\na,13/4/2020\nb,6/17/2020\n", TSL_E_INPUT, "mixes two orders");
}

/* ---- Rules ------------------------------------------------------------- */

static reading *with_rule(const char *text, tsl_column_rule rule, tsl_status expected)
{
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", text));
    r->opt.rules = &rule;
    r->opt.rule_count = 1;
    tsl_status st = run(r);
    if (st != expected) {
        fail_msg("%s", r->err.message);
    }
    r->opt.rules = NULL;
    return r;
}

static void test_rules(void **state)
{
    (void)state;
    static const char text[] = "id,level,code\na,mid,1\nb,low,2\nc,high,3\nd,?,1\ne,none,\n";
    const char *const levels[] = {"low", "mid", "high"}, *const missing[] = {"none"};
    reading *r = with_rule(text,
                           (tsl_column_rule){.name = "Level",
                                             .type = TSL_TYPE_ORDINAL,
                                             .group = TSL_VALUE,
                                             .levels = levels,
                                             .level_count = 3,
                                             .missing = missing,
                                             .missing_count = 1,
                                             .sensitive = 1},
                           TSL_OK);
    const tsl_column *c = named(r, "level");
    assert_int_equal(c->type, TSL_TYPE_ORDINAL);
    assert_int_equal(c->group, TSL_VALUE);
    assert_true(c->sensitive);
    assert_int_equal(c->dict_count, 3);
    assert_string_equal(c->dict[2], "high");
    assert_int_equal(c->code[0], 1);
    assert_int_equal(c->code[1], 0);
    assert_int_equal(c->code[2], 2);
    assert_int_equal(c->code[3], -1);
    assert_int_equal(c->missing, 2);
    assert_true(has_line(&r->table->info.notes, "level: 1 cell is not one of its levels and taken as missing (\"?\")"));
    assert_true(has_line(&r->table->info.understood, "level: ordinal, value, sensitive"));
    free_reading(r);
    r = with_rule(text, (tsl_column_rule){.name = "code", .type = TSL_TYPE_CATEGORY, .group = TSL_GROUP_AUTO}, TSL_OK);
    assert_int_equal(named(r, "code")->type, TSL_TYPE_CATEGORY);
    assert_string_equal(named(r, "code")->dict[0], "1");
    free_reading(r);
    r = with_rule(text, (tsl_column_rule){.name = "code", .ignore = 1, .group = TSL_GROUP_AUTO}, TSL_OK);
    assert_null(named(r, "code"));
    free_reading(r);
    r = with_rule(text, (tsl_column_rule){.name = "level", .type = TSL_TYPE_NUMBER, .group = TSL_GROUP_AUTO}, TSL_OK);
    assert_int_equal(named(r, "level")->missing, 5);
    free_reading(r);
}

static void test_bad_rules(void **state)
{
    (void)state;
    static const char text[] = "id,level\na,mid\nb,low\n";
    const char *const twice[] = {"low", "low"};
    const tsl_column_rule rules[] = {
        {.name = "leve", .group = TSL_GROUP_AUTO},
        {.name = "level", .type = TSL_TYPE_TEXT},
        {.name = "level", .type = TSL_TYPE_ORDINAL},
        {.name = "level", .type = TSL_TYPE_ORDINAL, .levels = twice, .level_count = 2},
    };
    static const char *const messages[] = {"did you mean \"level\"?", "the type is number", "needs its levels",
                                           "\"low\" stands twice"};
    for (size_t i = 0; i < 4; i++) {
        reading *r = with_rule(text, rules[i], TSL_E_OPTION);
        assert_non_null(strstr(r->err.message, messages[i]));
        free_reading(r);
    }
}

static void test_scores(void **state)
{
    (void)state;
    reading *r =
        read_text(TSL_CUSTOMERS, "id,Satisfaction,NPS\na,4.5,9\nb,,10\nc,3,11\nd,2,1\ne,2,1\nf,2,1\ng,2,1\nh,2,1\n"
                                 "i,2,1\nj,2,1\nk,2,1\n");
    const tsl_column *s = column(r, TSL_ROLE_SATISFACTION), *n = column(r, TSL_ROLE_NPS);
    assert_int_equal(s->type, TSL_TYPE_DECIMAL);
    assert_int_equal(s->integer[0], 45000);
    assert_true(s->integer[1] == TSL_MISSING_INT);
    assert_int_equal(n->integer[1], 100000);
    assert_true(n->integer[2] == TSL_MISSING_INT); /* beyond the scale */
    assert_true(has_line(&r->table->info.understood, "satisfaction: Satisfaction (decimal)"));
    free_reading(r);
    /* in words it is a plain column */
    r = read_text(TSL_CUSTOMERS, "id,satisfaction\na,high\nb,low\nc,high\n");
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_SATISFACTION));
    assert_int_equal(named(r, "satisfaction")->type, TSL_TYPE_CATEGORY);
    assert_int_equal(named(r, "satisfaction")->group, TSL_BEHAVIORAL);
    free_reading(r);
    r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("t.csv", "id,a,b\nx,1,2\ny,3,4\n"));
    map_role(r, TSL_ROLE_SATISFACTION, "(a + b) / 2");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_SATISFACTION)->integer[1], 35000);
    assert_non_null(named(r, "a")); /* still a column of its own */
    free_reading(r);
}

static void test_groups_are_said(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "id,AnnualIncome,MntWines,NumWebVisits\na,1,2,3\nb,2,3,4\nc,3,4,5\n");
    assert_true(has_line(&r->table->info.understood, "customer: id (text)"));
    assert_true(has_line(&r->table->info.understood, "AnnualIncome: number, demographic"));
    assert_true(has_line(&r->table->info.understood, "MntWines: number, value"));
    assert_true(has_line(&r->table->info.understood, "NumWebVisits: number, behavioral"));
    free_reading(r);
}

/* A lookup brings columns of its own, but not its key again. */
static void test_lookup(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", "id,region\na,1\nb,2\nc,3\n"));
    r->lookup[0] = (tsl_lookup){source_of(write_text("r.csv", "region,country\n1,IT\n2,DE\n")), "region", NULL};
    r->opt.lookup_count = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->column_count, 3);
    assert_string_equal(text_at(named(r, "country"), 1), "DE");
    assert_null(text_at(named(r, "country"), 2));
    free_reading(r);
}

/* A row that is called an average, or a total that sums up nothing, is told. */
static void test_called_totals(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "customer_id,income\na,10\nb,20\nc,30\nTotal,60\nAverage,20\n合计,70\n");
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL),
                     0); /* of three none is the sum of all others */
    assert_true(has_line(&r->table->info.notes, "is hardly a customer, but a row of totals or averages, by its name: 3 "
                                                "such rows, the first in "));
    assert_true(has_line(&r->table->info.notes, "table.csv:5; --customer-where \"coalesce(customer_id, '') not in ("));
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "customer_id,income\na,10\nb,20\nc,30\nTotal,60\n");
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 1);
    assert_false(has_line(&r->table->info.notes, "is hardly a customer"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sorted_by_id),    cmocka_unit_test(test_index_by_values),
        cmocka_unit_test(test_index_with_gaps), cmocka_unit_test(test_duplicates_and_conflicts),
        cmocka_unit_test(test_long_names),      cmocka_unit_test(test_order_of_rows),
        cmocka_unit_test(test_types),           cmocka_unit_test(test_eight_digits),
        cmocka_unit_test(test_codes),           cmocka_unit_test(test_many_digits),
        cmocka_unit_test(test_called_totals),   cmocka_unit_test(test_birth_years),
        cmocka_unit_test(test_number_dates),    cmocka_unit_test(test_values),
        cmocka_unit_test(test_left_out),        cmocka_unit_test(test_people),
        cmocka_unit_test(test_few_people),      cmocka_unit_test(test_few_texts),
        cmocka_unit_test(test_few_rows),        cmocka_unit_test(test_dates_settle_each_other),
        cmocka_unit_test(test_rules),           cmocka_unit_test(test_bad_rules),
        cmocka_unit_test(test_scores),          cmocka_unit_test(test_groups_are_said),
        cmocka_unit_test(test_lookup),          cmocka_unit_test(test_row_numbers),
        cmocka_unit_test(test_index),           cmocka_unit_test(test_row_numbers_and_others),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
