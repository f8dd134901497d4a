package dev.stabilitylab.recommendations;

import dev.stabilitylab.servicekit.contract.StalePermissionsContract;

class StalePermissionsIT extends StalePermissionsContract {

    StalePermissionsIT() {
        super("/recommendations");
    }
}
