/* roles.c: the table of roles. */
#include "table/names/roles.h"

#define T TSL__IN(TSL_TRANSACTIONS)
#define C TSL__IN(TSL_CUSTOMERS)
#define I TSL__IN(TSL_INTERACTIONS)

/* The options are named as the role, those of the other tables with the table before it. */
#define ROLE(name, type, kinds, required, low, high)                                                                   \
    {                                                                                                                  \
        name, {name, "customer-" name, "interaction-" name}, type, kinds, required, low, high, 0, 0                    \
    }
/* What a table of customers tells of their purchases. */
#define TOLD(name, option, type, high, whole)                                                                          \
    {                                                                                                                  \
        name, {NULL, "customer-" option, NULL}, type, C, 0, 0, high, whole, 1                                          \
    }
#define MOST_DAYS 4e6 /* from year 1 to 9999 */
#define MOST_ORDERS 1e9

static const tsl__role_info roles[TSL_ROLES] = {
    [TSL_ROLE_NONE] = ROLE("none", TSL_TYPE_TEXT, 0, 0, 0, 0),
    [TSL_ROLE_CUSTOMER] = {"customer",
                           {"customer", "customer-id", "interaction-customer"},
                           TSL_TYPE_TEXT,
                           T | C | I,
                           T | C | I,
                           0,
                           0,
                           0,
                           0},
    [TSL_ROLE_ORDER] = ROLE("order", TSL_TYPE_TEXT, T, 0, 0, 0),
    [TSL_ROLE_TIME] = ROLE("time", TSL_TYPE_TIME, T | I, T | I, 0, 0),
    [TSL_ROLE_AMOUNT] = ROLE("amount", TSL_TYPE_DECIMAL, T, T, 0, 0),
    [TSL_ROLE_COST] = ROLE("cost", TSL_TYPE_DECIMAL, T, 0, 0, 0),
    [TSL_ROLE_QUANTITY] = ROLE("quantity", TSL_TYPE_DECIMAL, T, 0, 0, 0),
    [TSL_ROLE_PRICE] = ROLE("price", TSL_TYPE_DECIMAL, T, 0, 0, 0),
    [TSL_ROLE_PRODUCT] = ROLE("product", TSL_TYPE_TEXT, T, 0, 0, 0),
    [TSL_ROLE_CATEGORY] = ROLE("category", TSL_TYPE_TEXT, T, 0, 0, 0),
    [TSL_ROLE_CHANNEL] = ROLE("channel", TSL_TYPE_TEXT, T, 0, 0, 0),
    [TSL_ROLE_PAYMENT] = ROLE("payment", TSL_TYPE_TEXT, T, 0, 0, 0),
    [TSL_ROLE_CURRENCY] = ROLE("currency", TSL_TYPE_TEXT, T | C, 0, 0, 0),
    [TSL_ROLE_KIND] = ROLE("kind", TSL_TYPE_TEXT, I, 0, 0, 0),
    [TSL_ROLE_MINUTES] = ROLE("minutes", TSL_TYPE_DECIMAL, I, 0, 0, 0),
    [TSL_ROLE_PAGES] = ROLE("pages", TSL_TYPE_DECIMAL, I, 0, 0, 0),
    [TSL_ROLE_SATISFACTION] = ROLE("satisfaction", TSL_TYPE_DECIMAL, C | I, 0, 0, 0),
    [TSL_ROLE_NPS] = ROLE("nps", TSL_TYPE_DECIMAL, C | I, 0, 0, 10),
    [TSL_ROLE_RECENCY] = TOLD("recency", "recency", TSL_TYPE_DECIMAL, MOST_DAYS, 0),
    [TSL_ROLE_LAST_ORDER] = TOLD("last_order", "last-order", TSL_TYPE_DATE, 0, 0),
    [TSL_ROLE_FIRST_ORDER] = TOLD("first_order", "first-order", TSL_TYPE_DATE, 0, 0),
    [TSL_ROLE_ORDERS] = TOLD("orders", "orders", TSL_TYPE_DECIMAL, MOST_ORDERS, 1),
    [TSL_ROLE_SPEND] = TOLD("spend", "spend", TSL_TYPE_DECIMAL, 0, 0),
    [TSL_ROLE_MEAN_ORDER] = TOLD("mean_order", "mean-order", TSL_TYPE_DECIMAL, 0, 0),
};

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

int tsl__role_holds(tsl_role role, int64_t value)
{
    const tsl__role_info *info = &roles[role];
    const double number = (double)value / (double)TSL_DECIMAL_ONE;
    return !(info->whole && value % TSL_DECIMAL_ONE) &&
           !(info->low < info->high && (number < info->low || number > info->high));
}

const char *tsl_role_get_name(tsl_role role)
{
    return role >= 0 && role < TSL_ROLES ? roles[role].name : "?";
}

const char *tsl_role_get_option(tsl_role role, tsl_table_kind kind)
{
    const int known = role > TSL_ROLE_NONE && role < TSL_ROLES && (int)kind >= 0 && kind < TSL_TABLE_KINDS;
    return known && tsl__role_is_of(role, kind) ? roles[role].option[kind] : NULL;
}
