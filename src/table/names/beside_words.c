/* beside_words.c: the table of the names of columns of money beside an amount. */
#include "table/names/beside_words.h"

#include <string.h>

#include "table/names/role_names.h"

/* As tsl__name_fold leaves them, between bars. */
static const struct {
    tsl__beside_kind kind;
    const char *names;
} columns[] = {
    {TSL__BESIDE_REFUND,
     "|refund|refunds|refunded|amountrefunded|refundamount|refundedamount|amountofrefund|refundtotal|refundstotal|"
     "totalrefund|totalrefunds|totalrefunded|totalrefundamount|refundvalue|refundedtotal|refundedvalue|orderrefund|"
     "orderrefundamount|orderrefundtotal|lineitemrefund|partialrefund|partialrefunds|returnamount|returnedamount|"
     "returnvalue|returnedvalue|amountreturned|chargebackamount|"
     "|退款|退款额|退款金额|已退款金额|已退金额|退款总额|退款总金额|实际退款金额|成功退款金额|申请退款金额|"
     "商品退款金额|"
     "订单退款金额|退货金额|退货款|退货额|退还金额|退回金额|"
     "|erstattung|erstattungen|erstattungsbetrag|erstatteterbetrag|erstattetersumme|erstattet|ruckerstattung|"
     "rueckerstattung|ruckerstattungsbetrag|rueckerstattungsbetrag|ruckzahlung|rueckzahlung|gutschrift|"
     "gutschriftbetrag|gutschriftsbetrag|"
     "|remboursement|remboursements|montantrembourse|montantremboursement|montantduremboursement|"
     "montantderemboursement|totalrembourse|rembourse|"
     "|reembolso|reembolsos|importereembolsado|importereembolso|importedereembolso|importedelreembolso|"
     "montoreembolsado|montoreembolso|montodereembolso|montodelreembolso|totalreembolsado|cantidadreembolsada|"
     "reembolsado|importedevuelto|montodevuelto|importedevolucion|montodevolucion|"},
    {TSL__BESIDE_DISCOUNT,
     "|discount|discounts|discountamount|discountpercent|discountpercentage|discountrate|discountpct|disc|rebate|"
     "lineitemdiscount|linediscount|itemdiscount|totaldiscount|coupon|couponamount|"
     "|折扣|折扣率|折扣金额|优惠|优惠金额|优惠券|优惠券金额|满减|立减|"
     "|rabatt|rabattbetrag|rabattprozent|nachlass|preisnachlass|"
     "|remise|montantremise|tauxremise|reduction|rabais|"
     "|descuento|descuentos|importedescuento|porcentajedescuento|dto|"},
};

tsl__beside_kind tsl__beside_find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (tsl__name_is_among(tsl__span_make(name), columns[i].names)) {
            return columns[i].kind;
        }
    }
    return TSL__BESIDE_NONE;
}

/* ---- Converted amounts --------------------------------------------------------------------------- */

/* Amounts, and their currency. */
static const char *const converted[][2] = {
    {"|convertedamount|amountconverted|", "|convertedcurrency|amountconvertedcurrency|convertedcurrencycode|"},
    {"|settlementamount|settledamount|amountsettled|", "|settlementcurrency|settledcurrency|settlementcurrencycode|"},
    {"|baseamount|amountinbasecurrency|basecurrencyamount|", "|basecurrency|basecurrencycode|"},
    {"|折算金额|换算金额|", "|折算币种|换算币种|折算货币|换算货币|"},
    {"|umgerechneterbetrag|", "|umgerechnetewahrung|umrechnungswahrung|zielwahrung|"},
    {"|montantconverti|", "|deviseconvertie|"},
    {"|importeconvertido|montoconvertido|", "|monedaconvertida|divisaconvertida|"},
};

#define MOST_BYTES 64

/* The name is one of these; what stands in brackets is a part of it: "Amount (converted)" of Salesforce. */
static int is_converted(const char *name, const char *names)
{
    char open[MOST_BYTES];
    const size_t n = strlen(name);
    if (n >= sizeof open) {
        return 0;
    }
    for (size_t i = 0; i <= n; i++) {
        open[i] = name[i] && strchr("()[]", name[i]) ? ' ' : name[i];
    }
    return tsl__name_is_among(tsl__span_make(open), names);
}

static size_t find(const char *const *names, size_t count, const char *sought)
{
    size_t i = 0;
    while (i < count && !is_converted(names[i], sought)) {
        i++;
    }
    return i;
}

int tsl__beside_find_converted(const char *const *names, size_t count, size_t *amount, size_t *currency)
{
    for (size_t i = 0; i < sizeof converted / sizeof *converted; i++) {
        *amount = find(names, count, converted[i][0]);
        *currency = find(names, count, converted[i][1]);
        if (*amount < count && *currency < count) {
            return 1;
        }
    }
    return 0;
}
