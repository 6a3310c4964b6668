/* test_moved_header.c: a header amid the rows, with the columns in another order. */
#include "table/row/moved_header.h"

#include "help.h"

static void refuse(tsl_table_kind kind, const char *text, const char *where, int threads, const char *message)
{
    reading *r = new_reading(kind);
    add_file(r, write_text("t.csv", text));
    r->opt.where = where;
    r->opt.max_rejects = 1;
    r->exec.threads = threads;
    const tsl_status status = run(r);
    if (message ? status != TSL_E_INPUT || !strstr(r->err.message, message) : status != TSL_OK) {
        fail_msg("%s: %d %s", text, status, status ? r->err.message : "");
    }
    free_reading(r);
}

#define HEAD "customer_id,order_id,amount,tax,date\n"
#define ROW "a,1,5,1,2024-01-01\n"

static void test_refused(void **state)
{
    (void)state;
    static const char said[] = "t.csv:3: the header stands here once more, with the columns in another order "
                               "(customer_id, order_id, tax, amount, date) than the file has (customer_id, order_id, "
                               "amount, tax, date); split the file in front of this line";
    refuse(TSL_TRANSACTIONS, HEAD ROW "customer_id,order_id,tax,amount,date\n" ROW, NULL, 1, said);
    /* a condition leaves it out, and not what follows */
    refuse(TSL_TRANSACTIONS, HEAD ROW "customer_id,order_id,tax,amount,date\n" ROW, "tax < 10", 1, said);
    /* names are compared without regard to case and white space */
    refuse(TSL_TRANSACTIONS, HEAD ROW "\"Customer_ID\",DATE, tax ,amount,order_id\n" ROW, NULL, 1,
           "t.csv:3: the header");
    /* twice the same name; one of a place */
    refuse(TSL_TRANSACTIONS, "customer,date,amount,x,x\na,2024-01-01,5,1,2\nx,customer,date,amount,x\n", NULL, 1,
           "(x, customer, date, amount, x (2)) than the file has (customer, date, amount, x, x (2))");
    /* all cells of customers are texts */
    refuse(TSL_CUSTOMERS, "customer_id,name,city\n1,Ann,Rome\ncustomer_id,city,name\n2,Oslo,Bob\n", NULL, 1,
           "t.csv:3: the header stands here once more");
    refuse(TSL_CUSTOMERS, "name,city,customer_id\nAnn,Rome,1\ncustomer_id,city,name\n2,Oslo,Bob\n", NULL, 1,
           "t.csv:3: the header stands here once more");
}

static void test_taken(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD ROW HEAD ROW,                                        /* in the same order */
        HEAD ROW "Customer_id,order_id,amount,tax,date\n" ROW,    /* which is a row that is rejected */
        HEAD ROW "customer_id,order_id,tax,tax,date\n" ROW,       /* one name twice */
        HEAD ROW "customer_id,order_id,tax,date,when\n" ROW,      /* another name */
        HEAD ROW "customer_id,order_id,tax,amount\n" ROW,         /* ragged */
        HEAD ROW ",,,,\ncustomer_id,1,5,1,2024-01-01\ndate,,,,\n" /* rows */
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        refuse(TSL_TRANSACTIONS, texts[i], NULL, 1, NULL);
    }
    /* without a header there is no order; names of JSON stand on no line */
    refuse(TSL_CUSTOMERS, "customer,city\ncity,Rome\n", NULL, 1, NULL);
    refuse(TSL_CUSTOMERS,
           "{\"customer_id\":\"1\",\"city\":\"x\"}\n{\"customer_id\":\"city\",\"city\":\"customer_id\"}\n", NULL, 1,
           NULL);
}

/* The first of them is told, wherever blocks are cut and by how many threads they are read. */
static void test_threads(void **state)
{
    (void)state;
    enum { ROWS = 60000 };
    char *text = malloc(64 + (size_t)ROWS * 40), *at = text;
    at += sprintf(at, HEAD);
    for (int i = 0; i < ROWS; i++) {
        at += i == 25000                   ? sprintf(at, "date,order_id,amount,tax,customer_id\n")
              : i > 25000 && i % 5000 == 1 ? sprintf(at, "tax,order_id,amount,date,customer_id\n")
                                           : sprintf(at, "c%d,%d,5,1,2024-01-01\n", i % 99, i);
    }
    for (int threads = 1; threads <= 8; threads *= 2) {
        refuse(TSL_TRANSACTIONS, text, NULL, threads, "t.csv:25002: the header stands here once more");
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused), cmocka_unit_test(test_taken),
                                       cmocka_unit_test(test_threads)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
