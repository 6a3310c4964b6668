/* beside_words.c: the table of the names of columns of money beside an amount. */
#include "table/names/beside_words.h"

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
