/* roles.c: the table of roles and the table of names that are recognised. */
#include "table/schema/roles.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

#define T TSL__IN(TSL_TRANSACTIONS)
#define C TSL__IN(TSL_CUSTOMERS)
#define I TSL__IN(TSL_INTERACTIONS)

static const tsl__role_info roles[TSL_ROLES] = {
    [TSL_ROLE_NONE] = {"none", TSL_TYPE_TEXT, 0, 0, 0, 0},
    [TSL_ROLE_CUSTOMER] = {"customer", TSL_TYPE_TEXT, T | C | I, T | C | I, 0, 0},
    [TSL_ROLE_ORDER] = {"order", TSL_TYPE_TEXT, T, 0, 0, 0},
    [TSL_ROLE_TIME] = {"time", TSL_TYPE_TIME, T | I, T | I, 0, 0},
    [TSL_ROLE_AMOUNT] = {"amount", TSL_TYPE_DECIMAL, T, T, 0, 0},
    [TSL_ROLE_COST] = {"cost", TSL_TYPE_DECIMAL, T, 0, 0, 0},
    [TSL_ROLE_QUANTITY] = {"quantity", TSL_TYPE_DECIMAL, T, 0, 0, 0},
    [TSL_ROLE_PRICE] = {"price", TSL_TYPE_DECIMAL, T, 0, 0, 0},
    [TSL_ROLE_PRODUCT] = {"product", TSL_TYPE_TEXT, T, 0, 0, 0},
    [TSL_ROLE_CATEGORY] = {"category", TSL_TYPE_TEXT, T, 0, 0, 0},
    [TSL_ROLE_CHANNEL] = {"channel", TSL_TYPE_TEXT, T, 0, 0, 0},
    [TSL_ROLE_PAYMENT] = {"payment", TSL_TYPE_TEXT, T, 0, 0, 0},
    [TSL_ROLE_CURRENCY] = {"currency", TSL_TYPE_TEXT, T, 0, 0, 0},
    [TSL_ROLE_KIND] = {"kind", TSL_TYPE_TEXT, I, 0, 0, 0},
    [TSL_ROLE_MINUTES] = {"minutes", TSL_TYPE_DECIMAL, I, 0, 0, 0},
    [TSL_ROLE_PAGES] = {"pages", TSL_TYPE_DECIMAL, I, 0, 0, 0},
    [TSL_ROLE_SATISFACTION] = {"satisfaction", TSL_TYPE_DECIMAL, C | I, 0, 0, 0},
    [TSL_ROLE_NPS] = {"nps", TSL_TYPE_DECIMAL, C | I, 0, 0, 10},
};

/* Names a role, the most telling first, divided by "|". A line of its own for
 * names that hold in some tables only, or for one piece of the quantity. */
static const struct names {
    tsl_role role;
    unsigned kinds;
    int per_unit;
    const char *list;
} names[] = {
    {TSL_ROLE_CUSTOMER, T | C | I, 0,
     "customer id|customer key|customer no|customer number|customer num|customer code|customer|cust id|cust no|cust "
     "num|"
     "cust|client id|client no|client num|client number|client|user id|user no|member id|member no|member|household "
     "id|household key|account id|account no|"
     "user|客户编号|客户ID|客户号|客户代码|客户|用户ID|用户编号|用户号|会员ID|会员编号|会员号|会员卡号"},
    {TSL_ROLE_ORDER, T, 0,
     "order id|order number|order no|order key|order code|order|sales order number|invoice no|invoice id|"
     "invoice number|invoice|basket id|transaction id|transaction no|transaction number|trans id|receipt id|"
     "receipt no|ticket no|订单号|订单编号|订单ID|单号|交易号|交易流水号|小票号"},
    {TSL_ROLE_TIME, T | I, 0,
     "order date|order time|order timestamp|order datetime|invoice date|invoice time|purchase date|purchase time|"
     "transaction date|transaction time|transaction timestamp|trans date|trans time|tran date|sales date|sale date|"
     "event time|event date|event timestamp|visit date|visit time|session start|created at|created|timestamp|"
     "datetime|date time|date|time|下单时间|下单日期|订单时间|订单日期|交易时间|交易日期|购买时间|购买日期|消费时间|"
     "消费日期|支付时间|访问时间|时间|日期"},
    {TSL_ROLE_AMOUNT, T, 0,
     "net amount|order amount|sales amount|line amount|tran amount|trans amount|transaction amount|amount|"
     "sales value|order value|line total|total amount|total price|sales|revenue|net sales|total|dollar value|spend|"
     "实付金额|实付|订单金额|交易金额|消费金额|销售金额|销售额|金额|总价"},
    {TSL_ROLE_COST, T, 0, "total cost|cost amount|line cost|cost|cogs|总成本|成本"},
    {TSL_ROLE_COST, T, 1, "unit cost|cost per unit|product cost|cost price|单位成本|成本价|进价"},
    {TSL_ROLE_QUANTITY, T, 0,
     "quantity|order quantity|order qty|sales quantity|qty|units|number of units|pieces|数量|购买数量|件数"},
    {TSL_ROLE_PRICE, T, 1, "unit price|price per unit|price each|product price|selling price|price|单价|售价|价格"},
    {TSL_ROLE_PRODUCT, T, 0,
     "product id|product key|product code|product no|product sku|stock code|sku|item id|item code|item no|upc|"
     "product|item|product name|商品编号|商品ID|商品编码|产品编号|产品ID|商品名称|产品名称|商品|产品"},
    {TSL_ROLE_CATEGORY, T, 0,
     "product category|category name|category|category id|product line|product group|department|商品类别|产品类别|"
     "商品分类|类别|品类|分类"},
    {TSL_ROLE_CHANNEL, T, 0, "sales channel|order channel|purchase channel|channel|渠道|销售渠道|购买渠道|下单渠道"},
    {TSL_ROLE_PAYMENT, T, 0,
     "payment method|payment type|payment|pay method|pay type|payment mode|支付方式|付款方式|支付渠道"},
    {TSL_ROLE_CURRENCY, T, 0, "currency|currency code|币种|货币"},
    {TSL_ROLE_KIND, I, 0,
     "kind|interaction type|event type|activity type|contact type|type|event|action|activity|事件|事件类型|行为|"
     "行为类型|互动类型|类型"},
    {TSL_ROLE_MINUTES, I, 0,
     "session minutes|duration minutes|visit minutes|minutes|duration min|session duration|duration|dwell minutes|"
     "浏览时长|停留时长|停留时间|时长|分钟"},
    {TSL_ROLE_PAGES, I, 0, "page depth|pages viewed|page views|pages|浏览页数|页面深度|访问深度|页数"},
    {TSL_ROLE_SATISFACTION, C | I, 0,
     "satisfaction score|satisfaction index|satisfaction|csat|csat score|满意度|满意度评分"},
    {TSL_ROLE_SATISFACTION, I, 0, "score|rating|评分|打分"},
    {TSL_ROLE_NPS, C | I, 0, "nps|nps score|net promoter score|推荐度|推荐值|净推荐值"},
    /* last of all, since it may be anyone's */
    {TSL_ROLE_CUSTOMER, T | C | I, 0, "id|编号"},
};
#define LINES (sizeof names / sizeof *names)

const tsl__role_info *tsl__role_get_info(tsl_role role)
{
    return &roles[role];
}

int tsl__role_is_of(tsl_role role, tsl_table_kind kind)
{
    return (roles[role].kinds & TSL__IN(kind)) != 0;
}

int tsl__role_is_required(tsl_role role, tsl_table_kind kind)
{
    return (roles[role].required & TSL__IN(kind)) != 0;
}

const char *tsl_role_get_name(tsl_role role)
{
    return role >= 0 && role < TSL_ROLES ? roles[role].name : "?";
}

size_t tsl__name_length(const char *name)
{
    static const char *const opening[] = {"(", "[", "（", "【"};
    size_t length = strlen(name), shortest = length;
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++) {
        const char *at = strstr(name, opening[i]);
        if (at && at > name && (size_t)(at - name) < shortest) {
            shortest = (size_t)(at - name);
        }
    }
    int closes = length && (strchr(")]", name[length - 1]) ||
                            (length > 3 && (!strcmp(name + length - 3, "）") || !strcmp(name + length - 3, "】"))));
    return closes ? shortest : length;
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

void tsl__name_fold(const char *name, char *out, size_t size)
{
    size_t length = tsl__name_length(name), at = 0;
    for (size_t i = 0; i < length && at + 1 < size; i++) {
        if (!strchr(" _-.\t\r\n", name[i])) {
            out[at++] = fold(name[i]);
        }
    }
    out[at] = 0;
}

char **tsl__names_fold(const char *const *list, size_t count)
{
    size_t bytes = count * sizeof(char *);
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(list[i]) + 1;
    }
    char **folded = tsl__alloc(bytes, 1), *at = (char *)(folded ? folded + count : NULL);
    for (size_t i = 0; folded && i < count; i++) {
        folded[i] = at;
        tsl__name_fold(list[i], at, strlen(list[i]) + 1);
        at += strlen(at) + 1;
    }
    return folded;
}

/* Is the folded name that of the list, [name, name + length)? */
static int is_called(const char *folded, const char *name, size_t length)
{
    for (const char *end = name + length; name < end; name++) {
        if (*name != ' ' && *folded++ != fold(*name)) {
            return 0;
        }
    }
    return *folded == 0;
}

size_t tsl__role_find(tsl_role role, tsl_table_kind kind, const char *const *folded, size_t count, const char *taken,
                      int *per_unit)
{
    for (const struct names *n = names; n < names + LINES; n++) {
        if (n->role != role || !(n->kinds & TSL__IN(kind))) {
            continue;
        }
        *per_unit = n->per_unit;
        for (const char *p = n->list; *p; p += *p == '|') {
            size_t length = strcspn(p, "|");
            for (size_t i = 0; i < count; i++) {
                if (!(taken && taken[i]) && is_called(folded[i], p, length)) {
                    return i;
                }
            }
            p += length;
        }
    }
    return count;
}

#define SHORTEST_GUESS 6 /* letters of a name: shorter ones come near too many */

int tsl__role_guess(tsl_role role, tsl_table_kind kind, const char *column, char *meant, size_t size)
{
    char folded[128], wanted[128], best[128] = "";
    const char *const both[] = {best, wanted}; /* the nearer one of the two is found */
    tsl__name_fold(column, folded, sizeof folded);
    for (const struct names *n = names; n < names + LINES && strlen(folded) >= SHORTEST_GUESS; n++) {
        if (n->role != role || !(n->kinds & TSL__IN(kind))) {
            continue;
        }
        for (const char *p = n->list; *p; p += *p == '|') {
            size_t length = strcspn(p, "|");
            char name[128];
            snprintf(name, sizeof name, "%.*s", (int)length, p);
            tsl__name_fold(name, wanted, sizeof wanted);
            int alike = strlen(wanted) >= SHORTEST_GUESS && *wanted == *folded; /* the first letter is seldom wrong */
            if (alike && tsl__nearest_get(folded, both, 2) == wanted) {
                memcpy(best, wanted, sizeof best);
                snprintf(meant, size, "%s", name);
            }
            p += length;
        }
    }
    return *best != 0;
}

int tsl__role_is_header(const tsl__span *field, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[100], folded[100];
        int per_unit;
        const char *const one[] = {folded};
        if (field[i].n == 0 || field[i].n >= sizeof text) {
            continue;
        }
        snprintf(text, sizeof text, "%.*s", (int)field[i].n, field[i].s);
        tsl__name_fold(text, folded, sizeof folded);
        for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
            if (tsl__role_find(TSL_ROLE_CUSTOMER, (tsl_table_kind)kind, one, 1, NULL, &per_unit) == 0) {
                return 1;
            }
        }
    }
    return 0;
}
