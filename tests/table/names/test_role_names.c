/* test_role_names.c: columns recognised by their names. */
#include "table/names/role_names.h"

#include "help.h"
#include "table/names/roles.h"

/* The name among those in `list` (divided by "|") that is recognised as the role, or "". */
static const char *find(tsl_role role, tsl_table_kind kind, const char *list, tsl__name_sense *sense)
{
    static char text[1024];
    const char *name[32];
    size_t count = 0;
    snprintf(text, sizeof text, "%s", list);
    for (char *p = strtok(text, "|"); p; p = strtok(NULL, "|")) {
        name[count++] = p;
    }
    char **folded = tsl__names_fold(name, count);
    size_t found = tsl__role_find(role, kind, (const char *const *)folded, count, NULL, sense);
    free(folded);
    return found < count ? name[found] : "";
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        tsl_role role;
        tsl_table_kind kind;
        const char *list, *expected;
    } cases[] = {
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "InvoiceNo|CustomerID", "CustomerID"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "customer|Customer Id", "Customer Id"}, /* the more telling one */
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "id|CUST-ID", "CUST-ID"},
        {TSL_ROLE_CUSTOMER, TSL_CUSTOMERS, "id|name", "id"},
        {TSL_ROLE_CUSTOMER, TSL_CUSTOMERS, "household_key", "household_key"},
        {TSL_ROLE_CUSTOMER, TSL_CUSTOMERS, "CustomerKey", "CustomerKey"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "订单号|客户编号", "客户编号"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "用户id", "用户id"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "Country|Customer type|Customers", ""},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "Kundengruppe|Käufer-Nr.", "Käufer-Nr."},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "Ville|N° client", "N° client"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "客户ＩＤ", "客户ＩＤ"}, /* of full width */
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "Customer_Id__c", "Customer_Id__c"},
        {TSL_ROLE_CUSTOMER, TSL_CUSTOMERS, "Telephone", ""}, /* may be yes or no */
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "Order #|#", "Order #"},
        /* of exports */
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "买家姓名|买家微信", "买家微信"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "VBELN|KUNRG", "KUNRG"},
        {TSL_ROLE_CUSTOMER, TSL_INTERACTIONS, "Ticket type|Requester ID", "Requester ID"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "Konto|Belegdatum", "Konto"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "msisdn|recharge_date", "msisdn"},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "amazon-order-id|sku", "amazon-order-id"},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "BELNR|BUDAT", "BELNR"},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "Num|Transaction Type", "Num"},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "Num|Type", ""},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "name|date_order", "name"},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "name|date", ""},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "id_order|id_customer", "id_order"},
        {TSL_ROLE_TIME, TSL_TRANSACTIONS, "BUDAT|CPUTM", "BUDAT"},
        {TSL_ROLE_TIME, TSL_TRANSACTIONS, "Opened|Completed", "Completed"},
        {TSL_ROLE_TIME, TSL_INTERACTIONS, "Opened|Completed", ""},
        {TSL_ROLE_TIME, TSL_TRANSACTIONS, "Completed|Date", "Date"},
        {TSL_ROLE_TIME, TSL_TRANSACTIONS, "order_placed", "order_placed"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "DMBTR|WRBTR", "DMBTR"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Amount Due|Amount Paid", "Amount Paid"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Amount Due|Total", "Total"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Amount Due|Balance Due", "Amount Due"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Netto|Brutto", "Netto"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Netto|Betrag", "Betrag"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "N° client|CA k€", "CA k€"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "customer|state|CA", ""}, /* California, perhaps */
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "本币价税合计|原币金额", "本币价税合计"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "本次回款金额(元)|客户编号", "本次回款金额(元)"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "发生额", "发生额"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "unitPrice|paidPrice", "paidPrice"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "total_paid_tax_incl", "total_paid_tax_incl"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Amount Including VAT", "Amount Including VAT"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Base imponible|IVA", "Base imponible"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Amazon Order Id|Item Price", "Item Price"}, /* of all pieces */
        {TSL_ROLE_QUANTITY, TSL_TRANSACTIONS, "Shipped Quantity", "Shipped Quantity"},
        {TSL_ROLE_PRICE, TSL_TRANSACTIONS, "Order Total|Item Cost", "Item Cost"}, /* WooCommerce */
        {TSL_ROLE_PRICE, TSL_TRANSACTIONS, "Order Total|Item Price|Item Cost", "Item Price"},
        {TSL_ROLE_PRICE, TSL_TRANSACTIONS, "Total|Item Cost", ""}, /* what the shop pays */
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "Billing Email|Customer User", "Customer User"},
        {TSL_ROLE_PRODUCT, TSL_TRANSACTIONS, "Merchant SKU", "Merchant SKU"},
        {TSL_ROLE_SPEND, TSL_CUSTOMERS, "累计金额（元）", "累计金额（元）"},
        {TSL_ROLE_MINUTES, TSL_INTERACTIONS, "visit_time|dwell_time", "dwell_time"},
        {TSL_ROLE_MINUTES, TSL_INTERACTIONS, "duration_in_seconds", "duration_in_seconds"},
        {TSL_ROLE_MINUTES, TSL_INTERACTIONS, "engagement_time|engagement_time_msec", "engagement_time_msec"},
        {TSL_ROLE_MINUTES, TSL_INTERACTIONS, "time_on_site|talk_time", "talk_time"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Montant re\xCC\x81gle\xCC\x81", "Montant re\xCC\x81gle\xCC\x81"},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "Invoice|Price", "Invoice"},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "订单号", "订单号"},
        {TSL_ROLE_ORDER, TSL_CUSTOMERS, "order id", ""},
        {TSL_ROLE_TIME, TSL_TRANSACTIONS, "StockDate|OrderDate", "OrderDate"},
        {TSL_ROLE_TIME, TSL_TRANSACTIONS, "下单时间", "下单时间"},
        {TSL_ROLE_TIME, TSL_INTERACTIONS, "timestamp", "timestamp"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Tran_Amount", "Tran_Amount"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "金额（元）", "金额（元）"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Amount (EUR)", "Amount (EUR)"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "(amount", ""},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Price", ""},
        {TSL_ROLE_QUANTITY, TSL_TRANSACTIONS, "OrderQuantity", "OrderQuantity"},
        {TSL_ROLE_PRODUCT, TSL_TRANSACTIONS, "StockCode|Description", "StockCode"},
        {TSL_ROLE_KIND, TSL_INTERACTIONS, "事件", "事件"},
        {TSL_ROLE_MINUTES, TSL_INTERACTIONS, "session_minutes", "session_minutes"},
        {TSL_ROLE_SATISFACTION, TSL_INTERACTIONS, "rating", "rating"},
        {TSL_ROLE_SATISFACTION, TSL_CUSTOMERS, "rating", ""}, /* may be a credit rating */
        {TSL_ROLE_NPS, TSL_CUSTOMERS, "NPS", "NPS"},
        {TSL_ROLE_RECENCY, TSL_CUSTOMERS, "Days since last purchase", "Days since last purchase"},
        {TSL_ROLE_RECENCY, TSL_TRANSACTIONS, "recency", ""}, /* the customers' own */
        {TSL_ROLE_RECENCY, TSL_CUSTOMERS, "R|age", ""},      /* alone it may be anything */
        {TSL_ROLE_RECENCY, TSL_CUSTOMERS, "R|F|M", "R"},
        {TSL_ROLE_SPEND, TSL_CUSTOMERS, "R|F|M", "M"},
        {TSL_ROLE_SPEND, TSL_CUSTOMERS, "spend|amount|TotalCharges", ""},
        {TSL_ROLE_ORDERS, TSL_CUSTOMERS, "Purchases|order_count", "order_count"}, /* an amount, at times */
        {TSL_ROLE_LAST_ORDER, TSL_CUSTOMERS, "last active|date registered", ""},
        {TSL_ROLE_LAST_ORDER, TSL_CUSTOMERS, "最近一次消费时间", "最近一次消费时间"},
        {TSL_ROLE_FIRST_ORDER, TSL_CUSTOMERS, "Datum der ersten Bestellung", "Datum der ersten Bestellung"},
        {TSL_ROLE_MEAN_ORDER, TSL_CUSTOMERS, "Avg. Order Value", "Avg. Order Value"},
    };
    tsl__name_sense sense;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(find(cases[i].role, cases[i].kind, cases[i].list, &sense), cases[i].expected) != 0) {
            fail_msg("%s in %s", tsl_role_get_name(cases[i].role), cases[i].list);
        }
    }
}

static void test_senses_and_taken(void **state)
{
    (void)state;
    const char *const names[] = {"cost", "unitcost", "unitprice"};
    char taken[] = {1, 0, 0};
    tsl__name_sense sense = TSL__SENSE_PERSON;
    assert_int_equal(tsl__role_find(TSL_ROLE_COST, TSL_TRANSACTIONS, names, 3, NULL, &sense), 0);
    assert_int_equal(sense, TSL__SENSE_PLAIN);
    assert_int_equal(tsl__role_find(TSL_ROLE_COST, TSL_TRANSACTIONS, names, 3, taken, &sense), 1);
    assert_int_equal(sense, TSL__SENSE_PER_UNIT);
    assert_int_equal(tsl__role_find(TSL_ROLE_PRICE, TSL_TRANSACTIONS, names, 3, taken, &sense), 2);
    assert_string_equal(find(TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "姓名|手机号|会员卡号", &sense), "会员卡号");
    assert_int_equal(sense, TSL__SENSE_CARD);
    assert_string_equal(find(TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "姓名|邮箱|手机号", &sense), "手机号");
    assert_int_equal(sense, TSL__SENSE_PHONE);
    assert_string_equal(find(TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "Shipping Name|E-Mail", &sense), "E-Mail");
    assert_int_equal(sense, TSL__SENSE_EMAIL);
    assert_string_equal(find(TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "收货人|客户姓名", &sense), "客户姓名");
    assert_int_equal(sense, TSL__SENSE_PERSON);
}

#define NAMES_MAX 12000

typedef struct known_name {
    char folded[96];
    tsl_role role;
    unsigned kinds;
} known_name;

static int compare(const void *a, const void *b)
{
    return strcmp(((const known_name *)a)->folded, ((const known_name *)b)->folded);
}

/* In one table no name is that of two roles; each stands there as names are folded, so that it can be found. */
static void test_names_are_told_apart(void **state)
{
    (void)state;
    known_name *known = calloc(NAMES_MAX, sizeof *known);
    size_t count = 0, length = 0;
    int bad = 0;
    for (size_t line = 0; tsl__role_names_get(line); line++) {
        const tsl__role_names *n = tsl__role_names_get(line);
        for (const char *p = tsl__role_names_next(n->list, NULL, &length); p;
             p = tsl__role_names_next(n->list, p, &length)) {
            char text[96], spaceless[96];
            for (size_t i = 0; tsl__role_names_expand(p, length, i, text, sizeof text); i++) {
                size_t at = 0;
                tsl__name_sense sense;
                assert_true(count < NAMES_MAX);
                known_name *k = &known[count];
                tsl__name_fold(text, k->folded, sizeof k->folded);
                k->role = n->role;
                k->kinds = n->beside ? 0 : n->kinds;
                for (const char *c = text; *c; c++) {
                    if (*c != ' ') {
                        spaceless[at++] = *c;
                    }
                }
                spaceless[at] = 0;
                char beside[64] = "";
                snprintf(beside, sizeof beside, "%.*s", (int)strcspn(n->beside ? n->beside : "", "|"),
                         n->beside ? n->beside : "");
                const char *const names[] = {k->folded, beside};
                for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
                    if ((n->kinds & TSL__IN(kind)) &&
                        tsl__role_find(n->role, (tsl_table_kind)kind, names, 2, NULL, &sense) != 0) {
                        print_error("%s is not found\n", text);
                        bad++;
                    }
                }
                if (strcmp(spaceless, k->folded) != 0) {
                    print_error("%s is no folded name\n", text);
                    bad++;
                }
                count++;
            }
        }
    }
    qsort(known, count, sizeof *known, compare);
    for (size_t i = 1; i < count; i++) {
        for (size_t j = i; j-- > 0 && strcmp(known[i].folded, known[j].folded) == 0;) {
            if ((known[i].kinds & known[j].kinds) && known[i].role != known[j].role) {
                print_error("%s: %s, %s\n", known[i].folded, tsl_role_get_name(known[i].role),
                            tsl_role_get_name(known[j].role));
                bad++;
            }
        }
    }
    assert_int_equal(bad, 0);
    assert_true(count > 2000);
    free(known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_senses_and_taken),
        cmocka_unit_test(test_names_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
