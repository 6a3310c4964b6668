/* test_reading.c: what a table remembers, and the next month's table that is read like it. */
#include "base/text.h"
#include "help.h"

/* Reads a text like a table before; what it says. */
static reading *read_like(tsl_table_kind kind, const char *text, const char *like)
{
    reading *r = new_reading(kind);
    add_file(r, write_text("next.csv", text));
    r->opt.like = like;
    r->opt.max_rejects = 1;
    (void)run(r);
    return r;
}

static void check_refused(reading *r, tsl_status status, const char *message)
{
    if (r->err.status != status || !strstr(r->err.message, message)) {
        fail_msg("%s, not \"%s\"", r->err.message, message);
    }
    free_reading(r);
}

/* The order of day and month that January has shown settles February, which leaves it open. */
static void test_shown_dates(void **state)
{
    (void)state;
    static const char *const orders[][2] = {
        {"1/31/2020", "{\"table\":\"transactions\",\"shown_dates\":{\"time\":\"mdy\"},\"found_roles\":{\"customer\":"
                      "\"customer\",\"time\":\"date\",\"amount\":\"amount\"},\"clock\":false}"},
        {"31/1/2020", "{\"table\":\"transactions\",\"shown_dates\":{\"time\":\"dmy\"},\"found_roles\":{\"customer\":"
                      "\"customer\",\"time\":\"date\",\"amount\":\"amount\"},\"clock\":false}"}};
    const char *const february = "customer,When,amount\na,2/3/2020,5\n";
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,2/3/2020,5\n", TSL_E_INPUT, "no row settles it");
    for (int day_first = 0; day_first < 2; day_first++) {
        char text[100];
        sprintf(text, "customer,date,amount\na,%s,1\n", orders[day_first][0]);
        reading *january = read_text(TSL_TRANSACTIONS, text);
        assert_string_equal(tsl_table_get_reading(january->table), orders[day_first][1]);
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("next.csv", february));
        map_role(r, TSL_ROLE_TIME, "When");
        r->opt.like = tsl_table_get_reading(january->table);
        assert_int_equal(run(r), TSL_OK);
        char day[11];
        tsl_day_write((int32_t)(tsl_table_get_info(r->table)->first_time / 86400), day);
        assert_string_equal(day, day_first ? "2020-03-02" : "2020-02-03");
        /* and March will know it too */
        assert_non_null(
            strstr(tsl_table_get_reading(r->table), day_first ? "{\"time\":\"dmy\"}" : "{\"time\":\"mdy\"}"));
        free_reading(r);
        /* a file that shows the other order is read by what it shows */
        sprintf(text, "customer,date,amount\na,%s,1\na,2/3/2020,1\n", orders[!day_first][0]);
        r = read_like(TSL_TRANSACTIONS, text, orders[day_first][1]);
        tsl_day_write((int32_t)(tsl_table_get_info(r->table)->last_time / 86400), day);
        assert_string_equal(day, day_first ? "2020-02-03" : "2020-03-02");
        free_reading(r);
        /* and one that shows both is refused as ever */
        check_refused(
            read_like(TSL_TRANSACTIONS, "customer,date,amount\na,31/1/2020,1\na,1/31/2020,1\n", orders[day_first][1]),
            TSL_E_INPUT, "mixes two orders");
        free_reading(january);
    }
}

/* Columns of the customers remember one by one; points stay what they are beside them. */
static void test_shown_by_column(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "id,Joined,Left,Birthday,Seen\na,1/31/2020,31/1/2020,31.1.1980,2020-01-01\n"
                                          "b,2/3/2020,2/3/2020,1.2.1981,2020-01-02\n");
    const char *shown = tsl_table_get_reading(r->table);
    assert_string_equal(shown, "{\"table\":\"customers\",\"shown_dates\":{\"Joined\":\"mdy\",\"Left\":\"dmy\"},"
                               "\"found_roles\":{\"customer\":\"id\"},\"found_types\":{\"Joined\":\"date\","
                               "\"Left\":\"date\",\"Birthday\":\"date_of_birth\",\"Seen\":\"date\"}}");
    reading *next = read_like(TSL_CUSTOMERS,
                              "id,joined,Left,Birthday\na,2/3/2020,2/3/2020,3.2.1980\nb,4/5/2020,6/7/2020,"
                              "4.2.1980\n",
                              shown);
    char day[11];
    tsl_day_write((int32_t)(named(next, "joined")->integer[0] / 86400), day);
    assert_string_equal(day, "2020-02-03");
    tsl_day_write((int32_t)(named(next, "Left")->integer[0] / 86400), day);
    assert_string_equal(day, "2020-03-02");
    tsl_day_write((int32_t)(named(next, "Birthday")->integer[0] / 86400), day);
    assert_string_equal(day, "1980-02-03");
    assert_int_equal(tsl_table_get_info(next->table)->notes.count, 0);
    free_reading(next);
    /* what is a year alone now stays a date of birth, and that is said */
    next = read_like(TSL_CUSTOMERS, "id,joined,Left,Birthday\na,2/3/2020,2/3/2020,1980\nb,4/5/2020,6/7/2020,1981\n",
                     shown);
    assert_int_equal(named(next, "Birthday")->type, TSL_TYPE_BIRTH);
    assert_true(has_line(&tsl_table_get_info(next->table)->notes, "Birthday: 2 cells are the year of birth alone"));
    free_reading(next);
    free_reading(r);
}

/* Declared is remembered as declared. */
static void test_declared_dates(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,amount\na,2/3/2020,5\n"));
    r->opt.dates = TSL_DATES_DMY;
    assert_int_equal(run(r), TSL_OK);
    assert_string_equal(tsl_table_get_reading(r->table),
                        "{\"table\":\"transactions\",\"dates\":\"dmy\",\"found_roles\":{\"customer\":\"customer\","
                        "\"time\":\"date\",\"amount\":\"amount\"},\"clock\":false}");
    reading *next = read_like(TSL_TRANSACTIONS, "customer,date,amount\na,1/31/2020,5\na,1/2/2020,5\n",
                              tsl_table_get_reading(r->table));
    assert_int_equal(next->rejects, 1); /* of another order than was declared */
    free_reading(next);
    free_reading(r);
}

static void test_mapped_roles(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,paid,items,kind of thing\na,2020-01-01,5,2,x\n"));
    map_role(r, TSL_ROLE_AMOUNT, "PAID * 2");
    map_role(r, TSL_ROLE_CATEGORY, "Kind Of Thing");
    assert_int_equal(run(r), TSL_OK);
    const char *like = tsl_table_get_reading(r->table);
    assert_string_equal(
        like, "{\"table\":\"transactions\",\"roles\":{\"amount\":\"PAID * 2\",\"category\":\"Kind Of Thing\"},"
              "\"found_roles\":{\"customer\":\"customer\",\"time\":\"date\"},\"clock\":false}");
    /* the amount as before, though a better name is there now */
    reading *next = read_like(TSL_TRANSACTIONS, "customer,date,amount,paid,kind of thing\nb,2020-02-01,1,7,y\n", like);
    assert_int_equal(column(next, TSL_ROLE_AMOUNT)->integer[0], 140000);
    assert_string_equal(tsl_table_get_reading(next->table), like);
    free_reading(next);
    /* what the user says now stands before it */
    next = new_reading(TSL_TRANSACTIONS);
    add_file(next, write_text("t.csv", "customer,date,amount,paid,kind of thing\nb,2020-02-01,1,7,y\n"));
    map_role(next, TSL_ROLE_AMOUNT, "amount");
    next->opt.like = like;
    assert_int_equal(run(next), TSL_OK);
    assert_int_equal(column(next, TSL_ROLE_AMOUNT)->integer[0], 10000);
    free_reading(next);
    /* a column that is not there: refused by name, or missing where that is allowed */
    const char *const without = "customer,date,paid,category\nb,2020-02-01,7,z\n";
    check_refused(read_like(TSL_TRANSACTIONS, without, like), TSL_E_NOT_FOUND,
                  "next.csv has no \"Kind Of Thing\", as the earlier table had");
    next = new_reading(TSL_TRANSACTIONS);
    add_file(next, write_text("next.csv", without));
    next->opt.like = like;
    next->opt.allow_missing = 1;
    assert_int_equal(run(next), TSL_OK);
    assert_null(tsl_table_get_role(next->table, TSL_ROLE_CATEGORY)); /* nor another column in its place */
    assert_true(has_line(&tsl_table_get_info(next->table)->notes,
                         "next.csv has no \"Kind Of Thing\", as the earlier table had"));
    assert_string_equal(tsl_table_get_reading(next->table), like);
    free_reading(next);
    /* one that is required is never missing */
    next = new_reading(TSL_TRANSACTIONS);
    add_file(next, write_text("next.csv", "customer,date,amount,kind of thing\nb,2020-02-01,7,z\n"));
    next->opt.like = like;
    next->opt.allow_missing = 1;
    (void)run(next);
    check_refused(next, TSL_E_NOT_FOUND, "next.csv has no \"PAID * 2\", as the earlier table had");
    free_reading(r);
}

/* What was recognised stays what it was beside a column with a better name. */
static void test_found_roles(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,qty,price\na,2020-01-01,2,3\n");
    const char *like = tsl_table_get_reading(r->table);
    assert_string_equal(like,
                        "{\"table\":\"transactions\",\"found_roles\":{\"customer\":\"customer\",\"time\":\"date\","
                        "\"amount\":\"qty * price\",\"quantity\":\"qty\",\"price\":\"price\"},\"clock\":false}");
    reading *next = read_like(TSL_TRANSACTIONS, "customer,date,qty,price,amount\na,2020-02-01,2,3,100\n", like);
    assert_int_equal(column(next, TSL_ROLE_AMOUNT)->integer[0], 60000);
    assert_string_equal(tsl_table_get_reading(next->table), like);
    free_reading(next);
    /* of other names it is recognised anew, with a note */
    next = read_like(TSL_TRANSACTIONS, "customer,order date,qty,total\na,2020-02-01,2,7\n", like);
    assert_int_equal(column(next, TSL_ROLE_AMOUNT)->integer[0], 70000);
    assert_true(
        has_line(&tsl_table_get_info(next->table)->notes, "next.csv has no \"date\", as the earlier table had"));
    assert_true(has_line(&tsl_table_get_info(next->table)->notes, "next.csv has no \"qty * price\", as"));
    assert_non_null(strstr(tsl_table_get_reading(next->table), "\"time\":\"order date\",\"amount\":\"total\""));
    free_reading(next);
    /* a product follows the factors that the user maps */
    next = new_reading(TSL_TRANSACTIONS);
    add_file(next, write_text("next.csv", "customer,date,qty,price,packs\na,2020-02-01,2,3,5\n"));
    map_role(next, TSL_ROLE_QUANTITY, "packs");
    next->opt.like = like;
    assert_int_equal(run(next), TSL_OK);
    assert_int_equal(column(next, TSL_ROLE_AMOUNT)->integer[0], 150000);
    free_reading(next);
    /* a column that the user maps to another role is not taken twice */
    next = new_reading(TSL_TRANSACTIONS);
    add_file(next, write_text("next.csv", "customer,date,amount,order date\na,2020-02-01,2,2020-03-01\n"));
    map_role(next, TSL_ROLE_CATEGORY, "date");
    next->opt.like = "{\"table\":\"transactions\",\"found_roles\":{\"time\":\"date\"}}";
    assert_int_equal(run(next), TSL_OK);
    assert_string_equal(column(next, TSL_ROLE_TIME)->name, "order date");
    free_reading(next);
    free_reading(r);
}

/* What the earlier table did not have is not looked for; what it had must be there. */
static void test_other_roles(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount,channel\na,2020-01-01,2,x\n"), *next;
    const char *like = tsl_table_get_reading(r->table);
    next =
        read_like(TSL_TRANSACTIONS, "customer,date,amount,channel,order id,payment\na,2020-02-01,2,x,o1,card\n", like);
    assert_null(tsl_table_get_role(next->table, TSL_ROLE_ORDER));
    assert_null(tsl_table_get_role(next->table, TSL_ROLE_PAYMENT));
    assert_string_equal(tsl_table_get_reading(next->table), like);
    free_reading(next);
    next = new_reading(TSL_TRANSACTIONS); /* but the user may say so */
    add_file(next, write_text("next.csv", "customer,date,amount,channel,order id\na,2020-02-01,2,x,o1\n"));
    map_role(next, TSL_ROLE_ORDER, "order id");
    next->opt.like = like;
    assert_int_equal(run(next), TSL_OK);
    assert_non_null(tsl_table_get_role(next->table, TSL_ROLE_ORDER));
    free_reading(next);
    check_refused(read_like(TSL_TRANSACTIONS, "customer,date,amount\na,2020-02-01,2\n", like), TSL_E_NOT_FOUND,
                  "next.csv has no \"channel\", as the earlier table had");
    next = new_reading(TSL_TRANSACTIONS);
    add_file(next, write_text("next.csv", "customer,date,amount\na,2020-02-01,2\n"));
    next->opt.like = like;
    next->opt.allow_missing = 1;
    assert_int_equal(run(next), TSL_OK);
    assert_true(has_line(&tsl_table_get_info(next->table)->notes, "as the earlier table had; it is missing"));
    assert_string_equal(tsl_table_get_reading(next->table), like);
    free_reading(next);
    free_reading(r);
    /* a score in words is a plain column, and stays one */
    r = read_text(TSL_CUSTOMERS, "id,satisfaction\na,high\nb,low\nc,high\n");
    assert_null(strstr(tsl_table_get_reading(r->table), "\"satisfaction\":\"satisfaction\""));
    next = read_like(TSL_CUSTOMERS, "id,satisfaction\na,1\nb,2\n", tsl_table_get_reading(r->table));
    assert_int_equal(named(next, "satisfaction")->type, TSL_TYPE_CATEGORY);
    free_reading(next);
    free_reading(r);
}

/* Days alone stay days alone; money is in the one currency. */
static void test_clock_and_currency(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-01-01,2,USD\n"), *next;
    const char *like = tsl_table_get_reading(r->table);
    assert_non_null(strstr(like, "\"clock\":false,\"currency\":\"USD\""));
    next = read_like(TSL_TRANSACTIONS,
                     "customer,date,amount,currency\na,2020-02-01 10:00,2,USD\na,1969-12-31 23:00,2,USD\n", like);
    assert_int_equal(column(next, TSL_ROLE_TIME)->integer[0], INT64_C(18293) * 86400);
    assert_int_equal(column(next, TSL_ROLE_TIME)->integer[1], -86400);
    assert_int_equal(tsl_table_get_info(next->table)->clock, 0);
    assert_int_equal(tsl_table_get_info(next->table)->time_of_day, 0);
    assert_true(has_line(&tsl_table_get_info(next->table)->notes, "the earlier table had days alone"));
    assert_string_equal(tsl_table_get_reading(next->table), like);
    free_reading(next);
    check_refused(read_like(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-02-01,2,EUR\n", like), TSL_E_INPUT,
                  "column \"currency\" holds amounts in EUR, as in \"EUR\" (");
    check_refused(read_like(TSL_TRANSACTIONS, "customer,date,amount\na,2020-02-01,2\n", like), TSL_E_NOT_FOUND,
                  "has no \"currency\"");
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01 10:00,2\n"); /* two are refused as ever */
    assert_non_null(strstr(tsl_table_get_reading(r->table), "\"clock\":true}"));
    check_refused(read_like(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-02-01,2,EUR\na,2020-02-01,2,USD\n",
                            tsl_table_get_reading(r->table)),
                  TSL_E_INPUT, "holds several currencies");
    free_reading(r);
}

/* Of a few customers a column may look like something else, or like nothing. */
static void test_found_types(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "id,code,vip,grade,plan\na,1,yes,x,\nb,x2,no,y,p\nc,x2,no,z,q\n");
    const char *like = tsl_table_get_reading(r->table);
    assert_non_null(strstr(like, "\"found_types\":{\"code\":\"category\",\"vip\":\"boolean\",\"grade\":\"category\","
                                 "\"plan\":\"category\"}"));
    reading *next = read_like(TSL_CUSTOMERS, "id,code,VIP,grade,new\na,1,,1,1\nb,2,,2,2\n", like);
    assert_int_equal(named(next, "code")->type, TSL_TYPE_CATEGORY);
    assert_int_equal(named(next, "VIP")->type, TSL_TYPE_BOOLEAN);
    assert_int_equal(named(next, "grade")->type, TSL_TYPE_CATEGORY);
    assert_int_equal(named(next, "new")->type, TSL_TYPE_NUMBER);
    free_reading(next);
    /* what the user declares stands before it, what he leaves open does not */
    static const char *const missing[] = {"2"};
    const tsl_column_rule rules[] = {{.name = "code", .type = TSL_TYPE_NUMBER, .group = TSL_GROUP_AUTO},
                                     {.name = "grade", .group = TSL_VALUE, .missing = missing, .missing_count = 1}};
    next = new_reading(TSL_CUSTOMERS);
    add_file(next, write_text("next.csv", "id,code,vip,grade\na,1,,1\nb,2,,2\n"));
    next->opt.like = like;
    next->opt.rules = rules;
    next->opt.rule_count = 2;
    assert_int_equal(run(next), TSL_OK);
    assert_int_equal(named(next, "code")->type, TSL_TYPE_NUMBER);
    assert_int_equal(named(next, "grade")->type, TSL_TYPE_CATEGORY);
    assert_int_equal(named(next, "grade")->group, TSL_VALUE);
    assert_int_equal(named(next, "grade")->missing, 1);
    free_reading(next);
    free_reading(r);
}

/* A column of which hardly a cell is what it was is another column. */
static void test_other_values(void **state)
{
    (void)state;
    const char *like = "{\"table\":\"customers\",\"found_types\":{\"income\":\"number\",\"city\":\"category\"}}";
    for (int bad = 10; bad <= 11; bad++) { /* of 40; ten may be those that the earlier table had */
        char text[2000];
        size_t length = (size_t)sprintf(text, "id,income,city\n");
        for (int i = 0; i < 40; i++) {
            length += (size_t)sprintf(text + length, "c%d,%s,x%d\n", i, i < bad ? "rich" : "7", i % 2);
        }
        reading *next = new_reading(TSL_CUSTOMERS);
        add_file(next, write_text("next.csv", text));
        next->opt.like = like;
        (void)run(next);
        if (bad == 10) {
            assert_int_equal(named(next, "income")->missing, 10);
            free_reading(next);
            continue;
        }
        check_refused(
            next, TSL_E_INPUT,
            "column \"income\": 11 of 40 cells are not a number, as those of the earlier table were (\"rich\")");
        next = new_reading(TSL_CUSTOMERS);
        add_file(next, write_text("next.csv", text));
        next->opt.like = like;
        next->opt.allow_missing = 1;
        assert_int_equal(run(next), TSL_OK);
        assert_int_equal(named(next, "income")->missing, 11);
        free_reading(next);
    }
}

/* A rule of before and one of the user on the same column: each field by the user, else as it was. */
static void test_rules_merge(void **state)
{
    (void)state;
    static const char *const missing[] = {"none"};
    const tsl_column_rule rule = {.name = "GRADE", .group = TSL_GROUP_AUTO, .missing = missing, .missing_count = 1};
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", "id,grade\na,high\nb,low\nc,none\nd,low\n"));
    r->opt.like = "{\"table\":\"customers\",\"columns\":[{\"name\":\"grade\",\"type\":\"ordinal\",\"group\":\"value\","
                  "\"levels\":[\"low\",\"high\"],\"missing\":[\"?\"],\"sensitive\":true}]}";
    r->opt.rules = &rule;
    r->opt.rule_count = 1;
    assert_int_equal(run(r), TSL_OK);
    const tsl_column *grade = named(r, "grade");
    assert_int_equal(grade->type, TSL_TYPE_ORDINAL);
    assert_string_equal(grade->dict[0], "low");
    assert_int_equal(grade->group, TSL_VALUE);
    assert_int_equal(grade->missing, 1);
    assert_int_equal(grade->sensitive, 1);
    free_reading(r);
}

static void test_rules(void **state)
{
    (void)state;
    static const char *const levels[] = {"low", "high"}, *const missing[] = {"?"};
    const tsl_column_rule rules[] = {
        {.name = "grade", .type = TSL_TYPE_ORDINAL, .group = TSL_GROUP_AUTO, .levels = levels, .level_count = 2},
        {.name = "spend", .group = TSL_BEHAVIORAL, .missing = missing, .missing_count = 1},
        {.name = "note", .group = TSL_GROUP_AUTO, .ignore = 1}};
    const char *const text = "id,grade,spend,note,rank\na,high,1,x,3\nb,low,?,y,4\nc,low,3,z,5\n";
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", text));
    r->opt.rules = rules;
    r->opt.rule_count = 3;
    r->opt.value = "rank";
    assert_int_equal(run(r), TSL_OK);
    reading *next = read_like(TSL_CUSTOMERS, text, tsl_table_get_reading(r->table));
    for (int i = 0; i < 2; i++) {
        const reading *one = i ? next : r;
        assert_int_equal(tsl_table_get_column_count(one->table), 4);
        assert_int_equal(named(one, "grade")->type, TSL_TYPE_ORDINAL);
        assert_string_equal(named(one, "grade")->dict[1], "high");
        assert_int_equal(named(one, "spend")->type, TSL_TYPE_NUMBER);
        assert_int_equal(named(one, "spend")->group, TSL_BEHAVIORAL);
        assert_int_equal(named(one, "spend")->missing, 1);
        assert_int_equal(named(one, "rank")->group, TSL_VALUE);
        assert_null(named(one, "note"));
    }
    assert_string_equal(tsl_table_get_reading(next->table), tsl_table_get_reading(r->table));
    free_reading(next);
    /* a column that was left out may be gone; another one may not */
    next = read_like(TSL_CUSTOMERS, "id,grade,spend,rank\na,high,1,3\nb,low,2,4\n", tsl_table_get_reading(r->table));
    assert_int_equal(next->err.status, TSL_OK);
    free_reading(next);
    const char *const without = "id,spend,rank\na,1,3\nb,2,4\n";
    check_refused(read_like(TSL_CUSTOMERS, without, tsl_table_get_reading(r->table)), TSL_E_NOT_FOUND,
                  "next.csv has no column \"grade\", which the earlier table had");
    next = new_reading(TSL_CUSTOMERS);
    add_file(next, write_text("next.csv", without));
    next->opt.like = tsl_table_get_reading(r->table);
    next->opt.allow_missing = 1;
    assert_int_equal(run(next), TSL_OK);
    assert_true(has_line(&tsl_table_get_info(next->table)->notes, "has no column \"grade\""));
    free_reading(next);
    free_reading(r);
}

static void test_files(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "a|2020-01-01|5\n"));
    r->opt.delimiter = '|';
    r->opt.header = 0;
    map_role(r, TSL_ROLE_CUSTOMER, "c1");
    map_role(r, TSL_ROLE_TIME, "c2");
    map_role(r, TSL_ROLE_AMOUNT, "c3");
    assert_int_equal(run(r), TSL_OK);
    reading *next = read_like(TSL_TRANSACTIONS, "b|2020-02-01|6\n", tsl_table_get_reading(r->table));
    assert_int_equal(next->err.status, TSL_OK);
    assert_string_equal(tsl_table_get_reading(next->table), tsl_table_get_reading(r->table));
    free_reading(next);
    check_refused(read_like(TSL_INTERACTIONS, "customer,date\na,2020-01-01\n", tsl_table_get_reading(r->table)),
                  TSL_E_OPTION, "is of transactions; it must be of interactions");
    free_reading(r);
}

/* Customers beside which no row can be an orphan's. */
static void test_known(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,5\n");
    reading *next = new_reading(TSL_TRANSACTIONS);
    add_file(next, r->file[0].path);
    next->known = r->table;
    assert_int_equal(run(next), TSL_E_OPTION);
    assert_non_null(strstr(next->err.message, "are no customers, but transactions"));
    free_reading(next);
    free_reading(r);
}

/* What a spreadsheet puts around a text is no part of an id, and is told with its first place. */
static void test_guarded_cells(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,order,date,amount\nC1,A1,2024-01-01,1\n"
                                             "=\"C00\",\"=\"\"A2\"\"\",2024-01-02,=\"2\"\nC00,A3,2024-01-03,3\n");
    assert_int_equal(column(r, TSL_ROLE_CUSTOMER)->dict_count, 2);
    assert_string_equal(column(r, TSL_ROLE_CUSTOMER)->dict[0], "C00");
    const tsl_notes *notes = &tsl_table_get_info(r->table)->notes;
    assert_true(has_line(notes, "3 cells are written as =\"...\", by which a spreadsheet keeps a text one, and are the "
                                "text alone, the first in "));
    assert_true(has_line(notes, "table.csv:3"));
    assert_int_equal(tsl_table_get_finding(r->table, 0)->kind, TSL_FINDING_READ_AS);
    assert_int_equal(tsl_table_get_finding(r->table, 0)->count, 3);
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer,order,date,amount\nC1,A1,2024-01-01,1\n");
    assert_false(has_line(&tsl_table_get_info(r->table)->notes, "spreadsheet"));
    free_reading(r);
}

/* Where most rows have no customer, as the report writes him once a block, that is told with the way out. */
static void test_blank_customers(void **state)
{
    (void)state;
    for (int blanks = 1; blanks < 4; blanks++) {
        tsl__text text = {0};
        tsl__text_puts(&text, "customer,date,amount\n");
        for (int i = 0; i < 5; i++) {
            tsl__text_printf(&text, "c%d,2024-01-01,5.1\n", i);
            for (int k = 0; k < blanks; k++) {
                tsl__text_puts(&text, ",2024-01-02,7.2\n");
            }
        }
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, write_text("b.csv", text.data));
            r->opt.by_customer = by_customer;
            assert_int_equal(run(r), TSL_OK);
            assert_int_equal(has_line(&r->table->info.notes, " rows have no customer, the first of them "), blanks > 1);
            assert_int_equal(
                has_line(&r->table->info.notes,
                         "b.csv:3, and are not used; where he stands on the first row of each block alone, "
                         "fill the cells below him before the table is read; where they are of nobody, "
                         "--where \"customer is not missing\" says so"),
                blanks > 1);
            free_reading(r);
            r = new_reading(TSL_TRANSACTIONS);
            add_file(r, write_text("b.csv", text.data));
            r->opt.by_customer = by_customer;
            r->opt.where = "customer is not missing";
            assert_int_equal(run(r), TSL_OK);
            assert_false(has_line(&r->table->info.notes, "have no customer"));
            free_reading(r);
        }
        tsl__text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blank_customers),
        cmocka_unit_test(test_shown_dates),
        cmocka_unit_test(test_shown_by_column),
        cmocka_unit_test(test_declared_dates),
        cmocka_unit_test(test_mapped_roles),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_found_roles),
        cmocka_unit_test(test_found_types),
        cmocka_unit_test(test_rules_merge),
        cmocka_unit_test(test_other_roles),
        cmocka_unit_test(test_clock_and_currency),
        cmocka_unit_test(test_other_values),
        cmocka_unit_test(test_guarded_cells),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
