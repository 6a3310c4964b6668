/* test_plan.c: which columns of real exports are taken for what, and which are not. */
#include "table/schema/plan.h"

#include "base/notes.h"
#include "help.h"
#include "table/schema/header_rows.h"

/* "customer=Email order=Name": the roles of a header, in order; "-": one that is required is not there. */
static void write_roles(tsl_table_kind kind, const char *header, char *out, size_t size)
{
    char text[2048];
    const char *name[128];
    tsl__asked asked;
    tsl__plan plan = {0};
    tsl_notes notes = {0};
    tsl_error err;
    size_t count = 0, at = 0;
    snprintf(text, sizeof text, "%s", header);
    for (char *p = strtok(text, ","); p; p = strtok(NULL, ",")) {
        name[count++] = p;
    }
    const tsl__own_columns own = {.path = "export.csv", .name = name, .count = count, .has_header = 1};
    assert_int_equal(tsl__asked_open(NULL, kind, &asked, &err), TSL_OK);
    tsl_status status = tsl__plan_build(kind, &asked, &own, NULL, &plan, &notes, &err);
    *out = 0;
    for (size_t i = 0; i < plan.outputs; i++) {
        if (plan.output[i].role != TSL_ROLE_NONE) {
            at += (size_t)snprintf(out + at, size - at, "%s%s=%s", at ? ";" : "",
                                   tsl_role_get_name(plan.output[i].role), plan.output[i].name);
        }
    }
    if (status != TSL_OK) {
        snprintf(out, size, "-");
    }
    tsl__plan_free(&plan);
    tsl__notes_free(&notes);
    tsl__asked_free(&asked);
}

static void test_header_rows(void **state)
{
    (void)state;
    char roles[2048];
    int bad = 0;
    for (size_t i = 0; i < sizeof header_rows / sizeof *header_rows; i++) {
        const header_row *row = &header_rows[i];
        write_roles(row->kind, row->header, roles, sizeof roles);
        if (strcmp(roles, row->roles) != 0) {
            print_error("%s|%s\n", row->system, roles);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
    assert_true(sizeof header_rows / sizeof *header_rows >= 200);
}

/* What a table says of how it was understood; "": nothing. */
static void check_note(const char *text, const char *note)
{
    reading *r = read_text(TSL_TRANSACTIONS, text);
    const tsl_notes *notes = &tsl_table_get_info(r->table)->notes;
    if (*note ? !has_line(notes, note) : notes->count > 0) {
        fail_msg("%s: %s", text, notes->count ? notes->text[0] : "no note");
    }
    free_reading(r);
}

static void test_what_customers_are_told_apart_by(void **state)
{
    (void)state;
    check_note("customer_id,email,date,amount\na,a@x,2024-01-05,3\n", "");
    check_note("email,date,amount\na@x,2024-01-05,3\n",
               "customers are told apart by \"email\", an e-mail address, as no column of their ids is recognised; "
               "--customer names another");
    check_note("会员手机号,购买日期,实付款\n1,2024-01-05,3\n", "told apart by \"会员手机号\", a telephone number");
    check_note("卡号,交易时间,交易金额\n1,2024-01-05,3\n", "told apart by \"卡号\", the number of a card");
    check_note("客户名称,销售日期,销售额\nLi,2024-01-05,3\n", "\"客户名称\", a name, which two of them may share");
}

/* The amount of an order that stands on each of its lines counts once for each: the lines' own makes it. */
static void test_amount_of_the_order(void **state)
{
    (void)state;
    static const char text[] =
        "customer_id,order_id,order_date,product,quantity,unit_price,order_amount\n"
        "A,1,2024-01-05,mug,1,20,100\nA,1,2024-01-05,lamp,1,30,100\nA,1,2024-01-05,desk,1,50,100\n";
    reading *r = read_text(TSL_TRANSACTIONS, text);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 200000);
    assert_true(has_line(&tsl_table_get_info(r->table)->notes,
                         "the amount is that of each line, its quantity times its price, as \"order_amount\" is of the "
                         "whole order; --amount names another"));
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS); /* unless it is named */
    add_file(r, write_text("table.csv", text));
    map_role(r, TSL_ROLE_AMOUNT, "order_amount");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 1000000);
    assert_int_equal(tsl_table_get_info(r->table)->notes.count, 0);
    free_reading(r);
}

/* A name that is not known is taken where no other column can be meant, with a note. */
static void test_only_column_that_may_be(void **state)
{
    (void)state;
    check_note("kundschaft nr,wochentag,verkauft am datum,rabatt,beitragssumme\na,Mo,2024-01-05,0,3\n",
               "\"beitragssumme\" is taken for the amount, as the only column that may be; --amount names another");
    check_note(
        "member ref,trip date,ship date,birth date,fare price,tax amount\na,2024-01-05,2024-01-06,1980-01-01,3,1\n",
        "\"trip date\" is taken for the time");
    refuse_text(
        TSL_TRANSACTIONS, "customer,trip date,landing date,price\na,2024-01-05,2024-01-06,3\n", TSL_E_NOT_FOUND,
        "recognised as the time; it may be \"trip date\" (tran date), \"landing date\" (time); name it by --time "
        "COLUMN");
}

/* What a column plays says what a condition may compare it with, also where it is a part of an expression. */
static void test_conditions(void **state)
{
    (void)state;
    static const struct {
        const char *where, *message; /* NULL: it is taken */
    } cases[] = {{"price > 5", NULL},
                 {"price > '5'", "a number is expected here, but this is a text; write it without quotes"},
                 {"quantity = ''", "\"is missing\" asks for what is not there"},
                 {"date > '2024'", "a date, such as 2019-12-31, is expected here, but this is a text"},
                 {"code > '5'", "texts are compared letter by letter"},
                 {"code = '5'", NULL}, /* by its name */
                 {"customer != '5'", NULL},
                 {"rank = '5'", "is the column one of numbers or of texts?"},
                 {"price > quantity", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", "customer,date,quantity,price,code,rank\na,2024-01-05,2,12,5,5\n"));
        r->opt.where = cases[i].where;
        r->opt.leave_out = 1u << TSL_ROLE_PRICE | 1u << TSL_ROLE_QUANTITY; /* it is known all the same */
        assert_int_equal(run(r), cases[i].message ? TSL_E_OPTION : TSL_OK);
        assert_true(!cases[i].message || strstr(r->err.message, cases[i].message));
        free_reading(r);
    }
    reading *r = new_reading(TSL_CUSTOMERS); /* by what is said of it */
    const tsl_column_rule rule[] = {{.name = "n", .type = TSL_TYPE_NUMBER}, {.name = "k", .type = TSL_TYPE_CATEGORY}};
    add_file(r, write_text("c.csv", "customer,n,m,k\na,1,2.0,2\nb,2,3.0,3\n"));
    r->opt.rules = rule;
    r->opt.rule_count = 2;
    r->opt.where = "n = '1'";
    assert_int_equal(run(r), TSL_E_OPTION);
    r->opt.where = "m = '2'"; /* which would leave out all of them */
    assert_int_equal(run(r), TSL_E_OPTION);
    r->opt.where = "m = 2 and text(m) = '2.0' and k = '2'";
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 1);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header_rows),         cmocka_unit_test(test_what_customers_are_told_apart_by),
        cmocka_unit_test(test_amount_of_the_order), cmocka_unit_test(test_only_column_that_may_be),
        cmocka_unit_test(test_conditions),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
