/* test_column_hints.c: what is said of columns that are not there. */
#include "table/names/column_hints.h"

#include "help.h"
#include "table/names/roles.h"

static void test_hints(void **state)
{
    (void)state;
    char out[TSL__HINT_BYTES];
    const char *const names[] = {"CustomerID", "Order Date", "Amount"};
    assert_string_equal(tsl__column_hint_put("Amuont", names, 3, out), "; did you mean \"Amount\"?");
    assert_string_equal(tsl__column_hint_put("who", names, 3, out),
                        "; the columns are: CustomerID, Order Date, Amount");
    char long_name[300];
    memset(long_name, 'x', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = 0;
    const char *const many[] = {long_name, long_name, long_name, long_name, "never listed"};
    tsl__column_hint_put("who", many, 5, out);
    assert_null(strstr(out, "never"));
    assert_int_equal(strspn(out + strlen("; the columns are: "), "x"), 80); /* one name leaves room for others */
    tsl__column_hint_put("who", &names[1], 1, out);
    assert_non_null(strstr(out, "one column, so that the delimiter may be another one"));
    static const char *const divided[][2] = {{"a^b^c", "\"^\""},
                                             {"a:b", "\":\""},
                                             {"a~b~c:d", "\"~\""},
                                             {"a\x01"
                                              "b",
                                              "\"\\x01\""},
                                             {"客户，金额", "\"，\""}};
    for (size_t i = 0; i < sizeof divided / sizeof *divided; i++) {
        char what[80];
        snprintf(what, sizeof what, "came out as one column, which %s seems to divide: write the file", divided[i][1]);
        tsl__column_hint_put("who", &divided[i][0], 1, out);
        assert_non_null(strstr(out, what));
    }
}

static void test_guesses(void **state)
{
    (void)state;
    static const struct {
        tsl_role role;
        const char *column, *meant; /* NULL: none */
    } cases[] = {
        {TSL_ROLE_CUSTOMER, "custmer", "customer"},
        {TSL_ROLE_CUSTOMER, "Costumer_ID", "customer id"},
        {TSL_ROLE_TIME, "oder date", "order date"},
        {TSL_ROLE_TIME, "InvoiceDtae", "invoice date"},
        {TSL_ROLE_AMOUNT, "Ammount (EUR)", "amount"},
        {TSL_ROLE_AMOUNT, "worth", NULL},
        {TSL_ROLE_TIME, "state", NULL}, /* near "date", as too many short words are */
        {TSL_ROLE_TIME, "", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char meant[64] = "";
        int found = tsl__role_guess(cases[i].role, TSL_TRANSACTIONS, cases[i].column, meant, sizeof meant);
        if (found != (cases[i].meant != NULL) || (found && strcmp(meant, cases[i].meant) != 0)) {
            fail_msg("%s: %s", cases[i].column, found ? meant : "nothing");
        }
    }
}

/* All roles that are not there at once, what comes near, the way out, and the columns. */
static void test_roles(void **state)
{
    (void)state;
    refuse_text(
        TSL_TRANSACTIONS, "custmer,oder_date,invoce_date,amnt\na,2020-01-01,2020-01-01,5\n", TSL_E_NOT_FOUND,
        "table.csv: no column of these transactions is recognised as the customer, the time or the amount; it may be "
        "\"custmer\" (customer), \"oder_date\" (order date), \"invoce_date\" (invoice date); name it by --customer "
        "COLUMN, --time COLUMN, --amount COLUMN (transactions.columns in the configuration); where no column says "
        "what a row is worth, --amount 1 counts each as one; the columns are: custmer, oder_date, invoce_date, amnt");
    refuse_text(
        TSL_INTERACTIONS, "customer,wann\na,2020-01-01\n", TSL_E_NOT_FOUND,
        "recognised as the time; it may be \"wann\" (time); name it by --interaction-time COLUMN "
        "(interactions.columns in the configuration); the columns are: customer, wann (where another line has the "
        "names, --header N says which)");
    /* dates are offered whatever they are called, but for births, and nothing else, however near it comes to "order dt"
     */
    refuse_text(TSL_TRANSACTIONS,
                "customer,oder_id,birth_date,ship_date,amount\na,x1,1980-01-01,2020-01-02,5\nb,x2,1981-01-01,,5\n",
                TSL_E_NOT_FOUND, "recognised as the time; it may be \"ship_date\" (time); name it by --time COLUMN (");
    refuse_text(TSL_TRANSACTIONS, "customer,year,month,day,amount\na,2020,1,31,5\n", TSL_E_NOT_FOUND,
                "recognised as the time; year, month, day are parts of a date: a column of whole dates is needed, such "
                "as 2024-01-31; name it by --time");
    refuse_text(TSL_TRANSACTIONS, "customer,fecha_mes,fecha_dia,amount\na,1,31,5\n", TSL_E_NOT_FOUND,
                "; fecha_mes, fecha_dia are parts of a date: ");
    refuse_text(TSL_CUSTOMERS, "CustmerId,age\na,20\n", TSL_E_NOT_FOUND,
                "recognised as the customer; it may be \"CustmerId\" (customer id); name the one that holds it by "
                "--customer-id COLUMN (customers.id in the configuration)");
    refuse_text(TSL_TRANSACTIONS, "a,2020-01-01,5\nb,2020-01-02,6\n", TSL_E_NOT_FOUND,
                "the columns are: c1, c2, c3 (the first line is taken for data; --header yes takes it for names, "
                "--header N line N)");
    static const char other[] =
        "the lines came out as one column, so that the delimiter may be another one than comma, "
        "semicolon, tab or pipe; where blanks divide them, --delimiter blanks says it: ",
                      mark[] =
                          "the lines came out as one column, which \"^\" seems to divide: write the file again with "
                          "comma, semicolon, tab or pipe: customer^date^amount";
    refuse_text(TSL_TRANSACTIONS, "customer=date=amount\na=2020-01-01=5\n", TSL_E_NOT_FOUND, other);
    refuse_text(TSL_TRANSACTIONS, "customer^date^amount\na^2020-01-01^5\n", TSL_E_NOT_FOUND, mark);
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("table.csv", "customer,date,amount\na,2020-01-01,5\n"));
    r->opt.delimiter = '|';
    assert_int_equal(run(r), TSL_E_NOT_FOUND);
    assert_non_null(strstr(r->err.message,
                           "as the delimiter that was asked for divides none; expected --delimiter "
                           "comma, semicolon, tab, pipe or blanks, or none, which finds it: customer,"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hints),
        cmocka_unit_test(test_guesses),
        cmocka_unit_test(test_roles),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
