"""支付申请: the list of vouchers and the paper form, for maker, checker and signer."""
