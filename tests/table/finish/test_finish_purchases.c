/* test_finish_purchases.c: what a table of customers tells of their purchases: the exports of shops and CRMs, scores
 * that are no quantities, and what cannot be. */
#include "help.h"

/* The column that has the role, or "". */
static const char *get_name(const reading *r, tsl_role role)
{
    const tsl_column *c = tsl_table_get_role(r->table, role);
    return c ? c->name : "";
}

/* Two rows below the names; the roles by their columns, in the order of the enumeration. */
static void test_exports(void **state)
{
    (void)state;
    static const struct {
        const char *text, *recency, *last, *first, *orders, *spend, *mean;
    } cases[] = {
        {"CustomerID,Recency,Frequency,MonetaryValue\na,3,12,10.5\nb,70,4,2\n", "Recency", "", "", "Frequency",
         "MonetaryValue", ""},
        {"customer_id,R,F,M\na,3,12,10.5\nb,70,4,2\n", "R", "", "", "F", "M", ""},
        {"Customer ID,First Name,Email,Total Spent,Total Orders,Tags\n1,A,a@x,10.50,2,x\n2,B,b@x,0.00,0,y\n", "", "",
         "", "Total Orders", "Total Spent", ""}, /* Shopify */
        {"Name,Username,Email,Orders,Total spend,AOV,City\nA,a,a@x,2,10.5,5.25,x\nB,b,b@x,0,0,0,y\n", "", "", "",
         "Orders", "Total spend", "AOV"}, /* WooCommerce */
        {"Record ID,Recent Deal Close Date,Number of Associated Deals,Total Revenue\n1,2024-01-05,2,10\n"
         "2,2024-02-05,3,20\n",
         "", "Recent Deal Close Date", "", "Number of Associated Deals", "Total Revenue", ""}, /* HubSpot */
        {"Contact ID,First Gift Date,Last Gift Date,Number of Gifts,Total Gifts,Average "
         "Gift\n1,1/5/2024,13/6/2024,2,10,5\n"
         "2,13/1/2024,14/6/2024,3,30,10\n",
         "", "Last Gift Date", "First Gift Date", "Number of Gifts", "Total Gifts", "Average Gift"}, /* Salesforce */
        {"Email,Last Purchase Date,Historic Number Of Orders,Historic Customer Lifetime Value,Average Order Value\n"
         "a@x,2024-01-05,2,10,5\nb@x,2024-02-05,3,20,6.67\n",
         "", "Last Purchase Date", "", "Historic Number Of Orders", "Historic Customer Lifetime Value",
         "Average Order Value"}, /* Klaviyo */
        {"id,Email,Total Spend,Payment Count,Average Order\nx,a@x,10,2,5\ny,b@x,20,3,6.67\n", "", "", "",
         "Payment Count", "Total Spend", "Average Order"}, /* Stripe */
        {"买家会员名,交易总额,交易笔数,平均交易金额,上次交易时间\na,10,2,5,2024-01-05\nb,20,3,6.67,2024-02-05\n", "",
         "上次交易时间", "", "交易笔数", "交易总额", "平均交易金额"}, /* 千牛 */
        {"客户ID,首次消费时间,最近消费时间,消费次数,累计消费金额,客单价\na,2024-01-01,2024-01-05,2,10,5\n"
         "b,2024-01-02,2024-02-05,3,20,6.67\n",
         "", "最近消费时间", "首次消费时间", "消费次数", "累计消费金额", "客单价"}, /* 有赞 */
        {"会员号,距上次购买天数,购买次数,消费总额\na,5,2,10\nb,6,3,20\n", "距上次购买天数", "", "", "购买次数",
         "消费总额", ""},
        {"Kundennummer;Letzte Bestellung;Anzahl Bestellungen;Gesamtumsatz;Durchschnittlicher Bestellwert\n"
         "1;01.02.2024;2;10,50;5,25\n2;13.02.2024;3;20,10;6,70\n",
         "", "Letzte Bestellung", "", "Anzahl Bestellungen", "Gesamtumsatz", "Durchschnittlicher Bestellwert"},
        {"N° client;Première commande;Dernière commande;Nombre de commandes;Total dépensé;Panier moyen\n"
         "1;01/02/2024;13/02/2024;2;10,50;5,25\n2;03/02/2024;14/02/2024;3;20,10;6,70\n",
         "", "Dernière commande", "Première commande", "Nombre de commandes", "", "Panier moyen"},
        {"ID cliente;Fecha última compra;Número de pedidos;Total gastado;Ticket medio\n1;13/02/2024;2;10,50;5,25\n"
         "2;14/02/2024;3;20,10;6,70\n",
         "", "Fecha última compra", "", "Número de pedidos", "Total gastado", "Ticket medio"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = read_text(TSL_CUSTOMERS, cases[i].text);
        const char *const seen[] = {get_name(r, TSL_ROLE_RECENCY),     get_name(r, TSL_ROLE_LAST_ORDER),
                                    get_name(r, TSL_ROLE_FIRST_ORDER), get_name(r, TSL_ROLE_ORDERS),
                                    get_name(r, TSL_ROLE_SPEND),       get_name(r, TSL_ROLE_MEAN_ORDER)};
        const char *const wanted[] = {cases[i].recency, cases[i].last,  cases[i].first,
                                      cases[i].orders,  cases[i].spend, cases[i].mean};
        for (size_t k = 0; k < 6; k++) {
            if (strcmp(seen[k], wanted[k]) != 0) {
                fail_msg("%.60s: %s, not %s", cases[i].text, seen[k], wanted[k]);
            }
        }
        tsl_table_kind kind;
        const tsl_source source = {.bytes = cases[i].text, .count = strlen(cases[i].text)};
        assert_int_equal(tsl_table_kind_read(&source, NULL, &kind, NULL, NULL), TSL_OK);
        assert_int_equal(kind, TSL_CUSTOMERS);
        free_reading(r);
    }
}

/* Exact, and what does not fit is missing. */
static void test_values(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "id,recency,frequency,monetary\na,3,12,10.1234\nb,70.5,-4,\"-2,000.10\"\n"
                                          "c,-1,2.5,3\nd,8,9,\ne,1,2,3\nf,1,2,3\ng,1,2,3\nh,1,2,3\ni,1,2,3\nj,1,2,3\n"
                                          "k,1,2,3\nl,1,2,3\nm,1,2,3\nn,1,2,3\no,1,2,3\np,1,2,3\nq,1,2,3\ns,1,2,3\n"
                                          "t,1,2,3\nu,1,2,3\nv,1,2,3\nw,1,2,3\n");
    const tsl_column *recency = column(r, TSL_ROLE_RECENCY), *orders = column(r, TSL_ROLE_ORDERS),
                     *spend = column(r, TSL_ROLE_SPEND);
    assert_int_equal(recency->type, TSL_TYPE_DECIMAL);
    assert_int_equal(recency->integer[1], 705000);
    assert_true(recency->integer[2] == TSL_MISSING_INT);
    assert_int_equal(orders->integer[0], 120000);
    assert_true(orders->integer[1] == TSL_MISSING_INT && orders->integer[2] == TSL_MISSING_INT);
    assert_int_equal(spend->integer[0], 101234);
    assert_int_equal(spend->integer[1], -20001000);
    assert_true(spend->integer[3] == TSL_MISSING_INT);
    assert_true(has_line(&r->table->info.notes, "frequency: 2 cells are not a whole number from 0 on and taken as "
                                                "missing (\"-4\", \"2.5\")"));
    assert_true(has_line(&r->table->info.notes, "recency: 1 cell is not a number in range and taken as missing"));
    free_reading(r);
}

/* A column that the values do not bear out is a plain one; one that is named by the user is taken. */
static void test_unlike(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "id,last_order,frequency\na,#1001,0.5\nb,#1002,1.25\nc,#1001,0.75\n");
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_LAST_ORDER));
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_ORDERS));
    assert_int_equal(named(r, "frequency")->type, TSL_TYPE_NUMBER);
    free_reading(r);
    r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("t.csv", "id,when,what,days\na,20240131,1,2\nb,20240201,0,3\n"));
    map_role(r, TSL_ROLE_LAST_ORDER, "when");
    map_role(r, TSL_ROLE_ORDERS, "what + 0.5");
    map_role(r, TSL_ROLE_RECENCY, "days * 30");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_LAST_ORDER)->type, TSL_TYPE_DATE);
    assert_true(column(r, TSL_ROLE_ORDERS)->integer[0] == TSL_MISSING_INT); /* no count, be it made */
    assert_int_equal(column(r, TSL_ROLE_RECENCY)->integer[1], 900000);
    free_reading(r);
}

/* Hours are turned into days; months have no fixed length. */
static void test_units(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "id,recency (hours),frequency (times)\na,36,20\nb,24,30\n");
    assert_int_equal(column(r, TSL_ROLE_RECENCY)->integer[0], 15000);
    assert_int_equal(column(r, TSL_ROLE_ORDERS)->integer[0], 200000);
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "id,Recency (months),Frequency (%),monetary (kg)\na,36,20,5\nb,24,30,6\n");
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_RECENCY));
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_ORDERS));
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_SPEND));
    assert_non_null(named(r, "Recency (months)"));
    assert_true(has_line(&r->table->info.notes,
                         "Recency (months) stays a column like others, as its unit is not that of recency; "
                         "--customer-recency takes it, or an expression"));
    free_reading(r);
}

/* Scores that somebody gave are no days, orders and amounts, unless the user says so; 6 is no score, nor 1.5. */
static void test_scores(void **state)
{
    (void)state;
    static const char scores[] = "id,R,F,M\na,1,5,2\nb,3,4,2\nc,5,1,1\n";
    reading *r = read_text(TSL_CUSTOMERS, scores);
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_RECENCY));
    assert_int_equal(named(r, "F")->type, TSL_TYPE_NUMBER);
    assert_true(has_line(&r->table->info.notes,
                         "R, F and M are whole numbers from 1 to 5 alone: taken for scores that are given already, not "
                         "for days, orders and amounts (--customer-recency"));
    free_reading(r);
    static const char *const others[] = {"id,R,F,M\na,1,5,2\nb,6,4,2\nc,5,1,1\n",
                                         "id,R,F,M\na,1,5,2\nb,3,4,1.5\nc,5,1,1\n",
                                         "id,R,F,M\na,0,5,2\nb,3,4,2\nc,5,1,1\n", "id,R,F\na,1,5\nb,3,4\nc,5,1\n"};
    for (size_t i = 0; i < 4; i++) {
        r = read_text(TSL_CUSTOMERS, others[i]);
        assert_non_null(tsl_table_get_role(r->table, TSL_ROLE_RECENCY));
        assert_non_null(tsl_table_get_role(r->table, TSL_ROLE_ORDERS));
        free_reading(r);
    }
    r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("t.csv", scores));
    map_role(r, TSL_ROLE_RECENCY, "R");
    assert_int_equal(run(r), TSL_OK);
    assert_non_null(tsl_table_get_role(r->table, TSL_ROLE_RECENCY));
    free_reading(r);
}

/* Where transactions tell it, or a model of purchases has its own recency, columns stay as they are. */
static void test_stays_plain(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("t.csv", "id,total_spent\na,10.5\nb,20\n"));
    r->opt.purchases_told = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_SPEND));
    assert_int_equal(named(r, "total_spent")->type, TSL_TYPE_NUMBER);
    assert_true(has_line(&r->table->info.notes,
                         "total_spent stays a column like others, as the transactions tell what was bought"));
    free_reading(r);
    r = read_text(TSL_CUSTOMERS,
                  "id,frequency,recency,T,monetary_value\na,2,30.43,38.86,22.35\nb,1,1.71,38.86,11.77\n");
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_RECENCY));
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_ORDERS));
    assert_null(tsl_table_get_role(r->table, TSL_ROLE_SPEND));
    assert_true(has_line(&r->table->info.notes, "recency stays a column like others, as beside \"T\""));
    free_reading(r);
}

static const char bad[] = "id,first_order_date,last_order_date,orders,total_spent\n"
                          "b,2024-01-01,2024-02-01,0,5\n" /* line 2: 0, and a first, a last, an amount */
                          "a,2024-03-01,2024-02-01,2,9\n" /* line 3: first after last */
                          "c,,,0,0\n"
                          "d,2024-01-01,2024-01-01,1,9\n"
                          "e,,2024-01-05,0,0\n"           /* line 6 */
                          "f,2024-01-01,2024-01-02,1,9\n" /* line 7: one order on two days */
                          "g,2024-01-01,2024-01-02,2,9\n";

static void test_contradictions(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, bad);
    assert_true(
        has_line(&r->table->info.notes, "table.csv:2 and others: orders is 0 beside a last_order_date in 2 rows"));
    assert_true(has_line(&r->table->info.notes, "table.csv:2: orders is 0 beside a first_order_date in 1 row"));
    assert_true(has_line(&r->table->info.notes, "table.csv:2: orders is 0 beside an amount in total_spent in 1 row"));
    assert_true(has_line(&r->table->info.notes, "table.csv:3: first_order_date is after last_order_date in 1 row"));
    assert_true(has_line(&r->table->info.notes, "table.csv:7: last_order_date is later, for one order, than "
                                                "first_order_date in 1 row: both days are kept"));
    size_t found = 0;
    const tsl_table_finding *f;
    for (size_t i = 0; (f = tsl_table_get_finding(r->table, i)) != NULL; i++) {
        found += f->kind == TSL_FINDING_CONTRADICTING_PURCHASES;
    }
    assert_int_equal(found, 5);
    free_reading(r);
    r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("t.csv", bad));
    const tsl_gate gate = {.kind = TSL_FINDING_CONTRADICTING_PURCHASES, .action = TSL_GATE_REFUSE};
    r->opt.gates = &gate;
    r->opt.gate_count = 1;
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "orders is 0"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exports),        cmocka_unit_test(test_values), cmocka_unit_test(test_unlike),
        cmocka_unit_test(test_units),          cmocka_unit_test(test_scores), cmocka_unit_test(test_stays_plain),
        cmocka_unit_test(test_contradictions),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
